package dev.espalier.learning.training;

import dev.espalier.learning.data.Augmentation;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How a network is trained: SGD with momentum on cross-entropy. The network itself is described
 * elsewhere.
 *
 * @param epochs over which the schedule is laid out
 * @param batch images of one step
 * @param trainImages at most so many, class-balanced; likewise the others
 * @param weightDecay on all parameters
 * @param decayEvery epochs between two decays of {@link Schedule#STEP}, else not looked at
 * @param decayFactor of the rate at each decay of {@link Schedule#STEP}, else not looked at
 * @param labelSmoothing share of each target that is spread evenly over all classes
 * @param cutout side of the erased square in pixels; 0 for none
 * @param augment flip and padded crop
 * @param imageSize height and width in pixels
 * @param refinements what is added to plain descent
 */
public record TrainingRecipe(
    int epochs,
    int batch,
    int trainImages,
    int validationImages,
    int testImages,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    Schedule schedule,
    int decayEvery,
    double decayFactor,
    double labelSmoothing,
    int cutout,
    boolean augment,
    int imageSize,
    Refinements refinements) {
  public TrainingRecipe {
    List<String> problems = new ArrayList<>();
    requireAtLeast(1, "epochs", epochs, problems);
    requireAtLeast(2, "batch", batch, problems);
    requireAtLeast(2, "trainImages", trainImages, problems);
    requireAtLeast(1, "validationImages", validationImages, problems);
    requireAtLeast(1, "testImages", testImages, problems);
    requireAtLeast(0, "cutout", cutout, problems);
    requireAtLeast(4, "imageSize", imageSize, problems);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      problems.add("evaluation.learningRate must be positive, but was " + learningRate);
    }
    requireShare("momentum", momentum, problems);
    requireShare("weightDecay", weightDecay, problems);
    requireShare("labelSmoothing", labelSmoothing, problems);
    if (nesterov && momentum == 0) {
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

  /** Plain descent. */
  public TrainingRecipe(
      int epochs,
      int batch,
      int trainImages,
      int validationImages,
      int testImages,
      double learningRate,
      double momentum,
      boolean nesterov,
      double weightDecay,
      Schedule schedule,
      int decayEvery,
      double decayFactor,
      double labelSmoothing,
      int cutout,
      boolean augment,
      int imageSize) {
    this(
        epochs,
        batch,
        trainImages,
        validationImages,
        testImages,
        learningRate,
        momentum,
        nesterov,
        weightDecay,
        schedule,
        decayEvery,
        decayFactor,
        labelSmoothing,
        cutout,
        augment,
        imageSize,
        Refinements.NONE);
  }

  public static TrainingRecipe of(TrainingSettings settings) {
    return new TrainingRecipe(
        settings.epochs(),
        settings.batch(),
        settings.trainImages(),
        settings.validationImages(),
        settings.testImages(),
        settings.learningRate(),
        settings.momentum(),
        settings.nesterov(),
        settings.weightDecay(),
        Schedule.labelled(settings.schedule()),
        settings.decayEvery(),
        settings.decayFactor(),
        settings.labelSmoothing(),
        settings.cutout(),
        settings.augment(),
        settings.imageSize(),
        new Refinements(
            settings.warmupEpochs(),
            settings.clipping(),
            settings.dropPath(),
            settings.auxiliaryWeight()));
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

  /** The crop is padded by an eighth of the side: 4 pixels at 32, as usual. */
  Augmentation augmentation() {
    return new Augmentation(augment, augment ? imageSize / 8 : 0, cutout);
  }
}
