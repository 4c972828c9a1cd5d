package dev.espalier.learning.training;

import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingData.Batch;

/** What a step descends on: the cross-entropy, and that of an auxiliary head by its weight. */
final class TrainingLoss {
  private TrainingLoss() {}

  /**
   * @param classes of the data
   * @return {@code []}
   */
  static Tensor of(Torch torch, TrainingRecipe recipe, Outputs outputs, Batch batch, int classes) {
    Tensor targets =
        torch.tensor(
            batch.targets(classes, recipe.labelSmoothing()), batch.size(), classes); // [b, classes]
    Tensor loss = Ops.crossEntropy(outputs.logits(), targets);
    return outputs
        .auxiliary()
        .map(logits -> Ops.crossEntropy(logits, targets))
        .map(other -> loss.add(other.multiply(recipe.refinements().auxiliaryWeight())))
        .orElse(loss);
  }
}
