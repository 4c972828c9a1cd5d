package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.OutOfMemory;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network on image data, from the beginning or from a checkpoint; to the end, or up to a
 * rung of successive halving. Weights begin as PyTorch's default has them.
 */
public final class ImageTraining {
  private ImageTraining() {}

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
      Trainee trainee,
      TrainingRecipe recipe,
      long seed,
      String evaluation,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    return NetworkTraining.toTheEnd(
        new NetworkTraining.Task(torch, dataset, trainee, recipe, seed, evaluation),
        checkpoint,
        monitor);
  }

  /**
   * Trains until {@code epoch} epochs of the recipe's are done. The schedule stays laid out for all
   * of them, so a training taken from rung to rung by its checkpoints ends with the bits of one
   * that went through. At the last epoch it is {@link TrainingOutcome.Finished}.
   *
   * @param epoch from 1
   * @throws InvalidInput if the recipe has fewer epochs or the checkpoint is of a later one
   */
  public static RungOutcome trainTo(
      int epoch,
      Torch torch,
      ImageDataset dataset,
      Trainee trainee,
      TrainingRecipe recipe,
      long seed,
      String evaluation,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    return NetworkTraining.toEpoch(
        epoch,
        new NetworkTraining.Task(torch, dataset, trainee, recipe, seed, evaluation),
        checkpoint,
        monitor);
  }
}
