package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.search.space.nasbench201.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of one NAS-Bench-201 cell on image data, from the beginning or from a
 * checkpoint. Weights begin as PyTorch's default has them, which is what the benchmark was trained
 * from.
 */
public final class CellTraining {
  private CellTraining() {}

  /**
   * Trains to the end, or until the monitor stops it.
   *
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
      Cell cell,
      CellRecipe recipe,
      long seed,
      String evaluation,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    Trainee trainee = new Trainee.OfCell(cell, recipe.channels(), recipe.cells());
    return NetworkTraining.toTheEnd(
        new NetworkTraining.Task(torch, dataset, trainee, recipe.training(), seed, evaluation),
        checkpoint,
        monitor);
  }
}
