package dev.espalier.learning.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.learning.data.Augmentation;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How a network is trained: SGD with momentum on cross-entropy. The network itself is described
 * elsewhere. A checkpoint must agree with its JSON.
 *
 * @param decayEvery epochs between two decays of {@link Schedule#STEP}, else not looked at
 * @param decayFactor of the rate at each decay of {@link Schedule#STEP}, else not looked at
 * @param labelSmoothing share of each target that is spread evenly over all classes
 * @param refinements what is added to plain descent
 */
public record TrainingRecipe(
    @JsonUnwrapped TrainingBasics basics,
    Schedule schedule,
    int decayEvery,
    double decayFactor,
    double labelSmoothing,
    Refinements refinements) {
  public TrainingRecipe {
    List<String> problems = new ArrayList<>();
    requireAtLeast(2, "batch", basics.batch(), problems);
    requireAtLeast(2, "trainImages", basics.trainImages(), problems);
    requireAtLeast(4, "imageSize", basics.imageSize(), problems);
    if (basics.learningRate() == 0) {
      problems.add("evaluation.learningRate must be positive, but was 0.0");
    }
    requireShare("momentum", basics.momentum(), problems);
    requireShare("weightDecay", basics.weightDecay(), problems);
    requireShare("labelSmoothing", labelSmoothing, problems);
    if (basics.nesterov() && basics.momentum() == 0) {
      problems.add(
          "evaluation.nesterov needs momentum: raise evaluation.momentum or set nesterov to false");
    }
    if (schedule == Schedule.STEP) {
      requireAtLeast(1, "decayEvery", decayEvery, problems);
      if (!(decayFactor > 0 && decayFactor <= 1)) {
        problems.add(
            "evaluation.decayFactor must be above 0 and at most 1, but was " + decayFactor);
      }
    }
    problems.addAll(refinements.problems());
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  public static TrainingRecipe of(TrainingSettings settings) {
    return new TrainingRecipe(
        settings.basics(),
        Schedule.labelled(settings.schedule()),
        settings.decayEvery(),
        settings.decayFactor(),
        settings.labelSmoothing(),
        settings.refinements());
  }

  private static void requireAtLeast(int least, String name, int value, List<String> problems) {
    if (value < least) {
      problems.add("evaluation.%s must be at least %d, but was %d".formatted(name, least, value));
    }
  }

  private static void requireShare(String name, double value, List<String> problems) {
    if (!(value >= 0 && value < 1)) {
      problems.add(
          "evaluation.%s must be at least 0 and below 1, but was %s".formatted(name, value));
    }
  }

  public int epochs() {
    return basics.epochs();
  }

  public int batch() {
    return basics.batch();
  }

  public int imageSize() {
    return basics.imageSize();
  }

  /** The crop is padded by an eighth of the side: 4 pixels at 32, as usual. */
  Augmentation augmentation() {
    boolean augment = basics.augment();
    return new Augmentation(augment, augment ? imageSize() / 8 : 0, basics.cutout());
  }
}
