package dev.espalier.learning.training;

import dev.espalier.learning.data.Augmentation;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.specification.EvaluationSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How one cell is trained: SGD with momentum on cross-entropy, the rate falling along half a
 * cosine.
 *
 * @param channels of the first stage (C)
 * @param cells of each stage (N)
 * @param batch images of one step
 * @param trainImages at most so many, class-balanced; likewise the others
 * @param weightDecay on all parameters, as NAS-Bench-201 was trained
 * @param cutout side of the erased square in pixels; 0 for none
 * @param augment flip and padded crop
 * @param imageSize height and width in pixels
 */
public record TrainingRecipe(
    int channels,
    int cells,
    int epochs,
    int batch,
    int trainImages,
    int validationImages,
    int testImages,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    int cutout,
    boolean augment,
    int imageSize) {
  public TrainingRecipe {
    List<String> problems = new ArrayList<>();
    requireAtLeast(1, "channels", channels, problems);
    requireAtLeast(1, "cells", cells, problems);
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
    if (!(momentum >= 0 && momentum < 1)) {
      problems.add("evaluation.momentum must be at least 0 and below 1, but was " + momentum);
    }
    if (!(weightDecay >= 0 && weightDecay < 1)) {
      problems.add("evaluation.weightDecay must be at least 0 and below 1, but was " + weightDecay);
    }
    if (nesterov && momentum == 0) {
      problems.add(
          "evaluation.nesterov needs momentum: raise evaluation.momentum or set nesterov to false");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  private static void requireAtLeast(int least, String name, int value, List<String> problems) {
    if (value < least) {
      problems.add("evaluation.%s must be at least %d, but was %d".formatted(name, least, value));
    }
  }

  public static TrainingRecipe of(EvaluationSettings settings) {
    return new TrainingRecipe(
        settings.channels(),
        settings.cells(),
        settings.epochs(),
        settings.batch(),
        settings.trainImages(),
        settings.validationImages(),
        settings.testImages(),
        settings.learningRate(),
        settings.momentum(),
        settings.nesterov(),
        settings.weightDecay(),
        settings.cutout(),
        settings.augment(),
        settings.imageSize());
  }

  /** The crop is padded by an eighth of the side: 4 pixels at 32, as usual. */
  Augmentation augmentation() {
    return new Augmentation(augment, augment ? imageSize / 8 : 0, cutout);
  }
}
