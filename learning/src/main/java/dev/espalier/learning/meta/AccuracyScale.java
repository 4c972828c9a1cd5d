package dev.espalier.learning.meta;

import dev.espalier.search.failure.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a predictor's outputs mean: {@code (accuracy - mean) / deviation / 100}, as published.
 *
 * @param mean of the accuracies it was trained on, a ratio
 * @param deviation of them, with n - 1
 */
public record AccuracyScale(double mean, double deviation) {
  /** Of a model that does not say: its outputs only rank. */
  public static final AccuracyScale UNKNOWN = new AccuracyScale(0, 0);

  private static final double PUBLISHED = 100;
  private static final String MEAN = "accuracy-mean";
  private static final String DEVIATION = "accuracy-deviation";

  /** The scale of these accuracies. */
  public static AccuracyScale of(double... accuracies) {
    double mean = 0;
    for (double each : accuracies) {
      mean += each / accuracies.length;
    }
    double squares = 0;
    for (double each : accuracies) {
      squares += (each - mean) * (each - mean);
    }
    if (accuracies.length < 2 || squares == 0) {
      throw new InvalidInput(
          "a predictor learns from accuracies that differ, but all %d rows have %s: add rows"
              .formatted(accuracies.length, mean));
    }
    return new AccuracyScale(mean, StrictMath.sqrt(squares / (accuracies.length - 1)));
  }

  static AccuracyScale of(Map<String, String> texts) {
    String mean = texts.get(MEAN);
    String deviation = texts.get(DEVIATION);
    if (mean == null || deviation == null) {
      return UNKNOWN;
    }
    try {
      return new AccuracyScale(Double.parseDouble(mean), Double.parseDouble(deviation));
    } catch (NumberFormatException e) {
      throw new InvalidInput(
          "the model's file says mean %s and deviation %s of the accuracies: these are no numbers"
              .formatted(mean, deviation),
          e);
    }
  }

  /** Always in the same order: they are among the bytes of a model's file. */
  SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    if (isKnown()) {
      texts.put(MEAN, Double.toString(mean));
      texts.put(DEVIATION, Double.toString(deviation));
    }
    return texts;
  }

  /** Whether outputs can be turned into accuracies. */
  public boolean isKnown() {
    return deviation > 0;
  }

  /** What a predictor is to answer for an accuracy. */
  public double target(double accuracy) {
    return (accuracy - mean) / deviation / PUBLISHED;
  }

  /** The accuracy, a ratio, that an answer stands for; only where it is known. */
  public double accuracy(double answer) {
    return mean + answer * PUBLISHED * deviation;
  }
}
