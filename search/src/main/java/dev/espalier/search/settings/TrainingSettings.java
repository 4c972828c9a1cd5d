package dev.espalier.search.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.failure.InvalidInput;

/**
 * How a network is trained for good.
 *
 * @param schedule {@code cosine}, {@code linear} or {@code step}
 * @param decayEvery epochs between two drops of the rate; {@code step} only
 * @param decayFactor what the rate is multiplied by at each drop; {@code step} only
 * @param labelSmoothing the share of each target spread over all classes
 * @param refinements what is added to plain descent
 * @param own a program that trains instead; {@link OwnProgram#NONE} for the built-in training
 */
public record TrainingSettings(
    @JsonUnwrapped TrainingBasics basics,
    String schedule,
    int decayEvery,
    double decayFactor,
    double labelSmoothing,
    @JsonUnwrapped Refinements refinements,
    @JsonUnwrapped OwnProgram own) {
  public TrainingSettings {
    Require.present("basics", basics);
    Require.oneOf("schedule", schedule, "cosine", "linear", "step");
    Require.positive("decayEvery", decayEvery);
    Require.notNegative("decayFactor", decayFactor);
    Require.notNegative("labelSmoothing", labelSmoothing);
    Require.present("refinements", refinements);
    if (!refinements.problems().isEmpty()) {
      throw new InvalidInput(refinements.problems());
    }
    Require.present("own", own);
  }

  /** A cosine schedule, with nothing added. */
  public static TrainingSettings plain(TrainingBasics basics, OwnProgram own) {
    return new TrainingSettings(basics, "cosine", 1, 1, 0, Refinements.NONE, own);
  }

  public int epochs() {
    return basics.epochs();
  }

  public int imageSize() {
    return basics.imageSize();
  }
}
