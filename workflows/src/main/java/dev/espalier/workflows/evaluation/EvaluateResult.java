package dev.espalier.workflows.evaluation;

import dev.espalier.workflows.method.MethodPlan.Finalist;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The evaluations, the found architecture first. */
public record EvaluateResult(List<Evaluated> evaluations) {
  public static final String FOUND = Finalist.FOUND;
  public static final String RANDOM = Finalist.RANDOM;

  public EvaluateResult {
    evaluations = List.copyOf(evaluations);
  }

  /** SHA-256 of the weights of what was found, of its first training that has some. */
  public Optional<String> foundWeights() {
    return evaluations.stream()
        .filter(each -> each.role().equals(FOUND))
        .map(Evaluated::weights)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * @param role {@link #FOUND} or {@link #RANDOM}
   * @param seed of the training; null in results from before it was told
   * @param validationAccuracy ratio; null where the training diverged
   * @param weights SHA-256 of the trained weights, an artifact; null where the training diverged or
   *     the accuracy was looked up
   */
  public record Evaluated(
      String evaluationId,
      String architecture,
      String role,
      @Nullable Long seed,
      @Nullable Double validationAccuracy,
      @Nullable Double testAccuracy,
      @Nullable Double trainLoss,
      @Nullable String weights) {}
}
