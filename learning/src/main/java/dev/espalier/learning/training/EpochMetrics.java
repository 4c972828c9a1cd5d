package dev.espalier.learning.training;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param learningRate of the epoch's last step
 * @param trainLoss mean over the epoch's images, as they were trained on
 * @param trainAccuracy ratio, likewise
 * @param validationAccuracy ratio, after the epoch
 */
public record EpochMetrics(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double validationAccuracy) {}
