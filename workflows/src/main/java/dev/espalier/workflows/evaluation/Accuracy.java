package dev.espalier.workflows.evaluation;

import org.jspecify.annotations.Nullable;

/** What a trained network gets right, as ratios. */
public record Accuracy(double validation, double test) {
  /** That of an evaluation; null where its training diverged. */
  public static @Nullable Accuracy of(EvaluateResult.Evaluated evaluated) {
    Double validation = evaluated.validationAccuracy();
    Double test = evaluated.testAccuracy();
    return validation == null || test == null ? null : new Accuracy(validation, test);
  }
}
