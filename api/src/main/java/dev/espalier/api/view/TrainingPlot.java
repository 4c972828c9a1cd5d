package dev.espalier.api.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real training.
 *
 * @param role found or random
 * @param parameters of the network; for a cell those of the space's standard network
 * @param macs multiply-accumulates of the same network for one image
 * @param seed of the training; null where it is not known yet
 * @param weights SHA-256 of the trained weights, an artifact
 * @param loss training loss by epoch; long series are averaged down
 * @param validation validation accuracy by epoch
 */
public record TrainingPlot(
    String evaluationId,
    String role,
    String architecture,
    long parameters,
    long macs,
    @Nullable Long seed,
    @Nullable Double validationAccuracy,
    @Nullable Double testAccuracy,
    @Nullable String weights,
    List<double[]> loss,
    List<double[]> validation) {
  public TrainingPlot {
    loss = List.copyOf(loss);
    validation = List.copyOf(validation);
  }
}
