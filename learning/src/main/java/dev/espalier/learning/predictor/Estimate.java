package dev.espalier.learning.predictor;

/**
 * What a predictor expects of an architecture's accuracy.
 *
 * @param mean the predicted accuracy, a ratio
 * @param standardDeviation how sure it is of that, a ratio; 0 where it {@link Predictor#uncertainty
 *     does not say}
 */
public record Estimate(double mean, double standardDeviation) {}
