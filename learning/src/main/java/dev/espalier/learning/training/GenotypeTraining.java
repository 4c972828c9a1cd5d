package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of one genotype on image data, from the beginning or from a checkpoint.
 * Weights begin as PyTorch's default has them.
 */
public final class GenotypeTraining {
  private GenotypeTraining() {}

  /**
   * Trains to the end, or until the monitor stops it.
   *
   * @param stem what the first cell reads
   * @param recipe whose cells are those of the whole network
   * @param seed with {@code evaluation} begins the name of every stream
   * @param evaluation the evaluation's own id
   * @param checkpoint where to continue, or null to begin
   * @throws Diverged if the loss is not finite
   * @throws OutOfMemory if the engine finds no memory
   * @throws CorruptCheckpoint if the checkpoint's digest does not match
   */
  public static TrainingOutcome train(
      Torch torch,
      ImageDataset dataset,
      Genotype genotype,
      DartsShape.Stem stem,
      CellRecipe recipe,
      long seed,
      String evaluation,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    Trainee trainee =
        new Trainee.OfGenotype(
            genotype, stem, recipe.channels(), recipe.cells(), recipe.training().imageSize());
    return NetworkTraining.toTheEnd(
        new NetworkTraining.Task(torch, dataset, trainee, recipe.training(), seed, evaluation),
        checkpoint,
        monitor);
  }
}
