package dev.espalier.api.view;

import dev.espalier.workflows.evaluation.EvaluateResult;
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
public record TrainingView(
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
  public TrainingView {
    loss = List.copyOf(loss);
    validation = List.copyOf(validation);
  }

  /** Whether it is of the architecture that was found; any other is there to compare. */
  public boolean ofFound() {
    return role.equals(EvaluateResult.FOUND);
  }
}
