package dev.espalier.workflows.sampling;

import org.jspecify.annotations.Nullable;

/**
 * What training the sample came to.
 *
 * @param count architectures that were evaluated
 * @param failed architectures that could not be
 * @param rows SHA-256 of an artifact: a JSON array of {@link Row}, in the sample's order
 * @param best the evaluated architecture with the highest validation accuracy
 */
public record EvaluateSampleResult(int count, int failed, String rows, @Nullable Row best) {
  /**
   * One architecture of the sample; accuracies are ratios, null where its training failed.
   *
   * @param macs of its convolutions for one image
   * @param rung the last rung it reached, from 0
   * @param firstRung validation accuracy after the first rung, which all reached
   */
  public record Row(
      String architecture,
      String evaluationId,
      long macs,
      long parameters,
      int rung,
      @Nullable Double firstRung,
      @Nullable Double validationAccuracy,
      @Nullable Double testAccuracy) {}
}
