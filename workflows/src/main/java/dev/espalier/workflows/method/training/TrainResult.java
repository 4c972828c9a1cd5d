package dev.espalier.workflows.method.training;

import dev.espalier.workflows.evaluation.Accuracy;
import org.jspecify.annotations.Nullable;

/**
 * The result of an experiment that trains one architecture.
 *
 * @param architecture canonical string
 * @param parameters of the network that was trained, without an auxiliary head; {@code macs} of its
 *     convolutions and its classifier for one image
 * @param epochs that it was trained for
 * @param accuracy null where the training diverged; so are the others
 * @param trainLoss mean of the last epoch
 * @param weights SHA-256 of the trained weights, an artifact
 */
public record TrainResult(
    String architecture,
    long parameters,
    long macs,
    int epochs,
    @Nullable Accuracy accuracy,
    @Nullable Double trainLoss,
    @Nullable String weights) {}
