package dev.espalier.learning.training;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.tenas.TeNasEvaluation;

/**
 * The size of the networks that the cells of a space are judged by, and how they are trained.
 *
 * @param channels of the first stage (C)
 * @param cells of each stage (N) of a NAS-Bench-201 network; of the whole network of a genotype
 */
public record CellRecipe(int channels, int cells, TrainingRecipe training) {
  public CellRecipe {
    if (channels < 1 || cells < 1) {
      throw new InvalidInput(
          "evaluation.channels and evaluation.cells must be at least 1, but were %d and %d"
              .formatted(channels, cells));
    }
  }

  public static CellRecipe of(TeNasEvaluation settings) {
    return new CellRecipe(
        settings.channels(),
        settings.cells(),
        new TrainingRecipe(
            settings.epochs(),
            settings.batch(),
            settings.trainImages(),
            settings.validationImages(),
            settings.testImages(),
            settings.learningRate(),
            settings.momentum(),
            settings.nesterov(),
            settings.weightDecay(),
            Schedule.COSINE,
            1,
            1,
            0,
            settings.cutout(),
            settings.augment(),
            settings.imageSize()));
  }
}
