package dev.espalier.search.trainings;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** Which of a cell's trainings an answer comes from. */
public enum TrainingPolicy {
  /** The first one, seed 0, crashed or not. */
  FIRST("first") {
    @Override
    public double of(float[] values, TrainingQuery query) {
      return values[0];
    }
  },
  /**
   * The first one that did not crash, as the published Neural Predictor has it: an accuracy below
   * 20 % is replaced by that of the next training that is not; where none is, by a constant, the
   * mean of all. The constant is one of 108 epochs: elsewhere the first training's own is left.
   */
  RESAMPLE("resample") {
    @Override
    public double of(float[] values, TrainingQuery query) {
      if (query.metric().isAccuracy()) {
        for (float value : values) {
          if (value >= CRASHED) {
            return value;
          }
        }
        if (query.isPublished() && !Double.isNaN(MEAN.of(values, query))) {
          return MEAN_OF_ALL;
        }
      }
      return values[0];
    }
  },
  /** The mean of those that are known, crashed or not. */
  MEAN("mean") {
    @Override
    public double of(float[] values, TrainingQuery query) {
      double sum = 0;
      int known = 0;
      for (float value : values) {
        if (!Float.isNaN(value)) {
          sum += value;
          known++;
        }
      }
      return known == 0 ? Double.NaN : sum / known;
    }
  };

  /** Below it a training counts as crashed. */
  public static final double CRASHED = 0.20;

  /**
   * Of the validation accuracies of seed 0 after 108 epochs: what a cell that always crashed gets.
   */
  public static final double MEAN_OF_ALL = 0.908192;

  private final String label;

  TrainingPolicy(String label) {
    this.label = label;
  }

  /** As a specification names it. */
  public String label() {
    return label;
  }

  /**
   * The answer.
   *
   * @param values of the query, by training, at least one; NaN where unknown
   * @return NaN where it is unknown
   */
  public abstract double of(float[] values, TrainingQuery query);

  public static List<String> labels() {
    return Arrays.stream(values()).map(TrainingPolicy::label).toList();
  }

  /**
   * The policy of this name.
   *
   * @throws InvalidInput if there is none
   */
  public static TrainingPolicy parse(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "evaluation.policy: there is no policy \"%s\": allowed are %s.%s"
                    .formatted(
                        label, String.join(", ", labels()), DidYouMean.sentence(label, labels()))));
  }
}
