package dev.espalier.workflows.method.metatrain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a meta-training.
 *
 * @param generator the kept generator; {@code predictor} the kept predictor
 * @param heldOut what both say of the tasks that were kept for tests, which neither has seen
 */
public record MetaTrainResult(Kept generator, Kept predictor, List<HeldOut> heldOut) {
  public MetaTrainResult {
    heldOut = List.copyOf(heldOut);
  }

  /**
   * A model in the catalogue.
   *
   * @param digest of the model: the catalogue's, which a name can be looked up by
   * @param weights SHA-256 of its weights
   * @param metric by which it is the best, in words
   * @param value of that metric
   * @param epoch it had, from 1
   * @param seed the number of its training
   */
  public record Kept(
      String digest, String weights, String metric, double value, int epoch, int seed) {}

  /**
   * How the predictor ranks the architectures that were trained on a task it has not seen. A regret
   * is how far the chosen one is below the best of them, a ratio.
   *
   * @param architectures that were trained on it
   * @param kendall tau of predicted and true accuracies; null where nothing can be ranked
   * @param regret of the one that the predictor ranks first
   * @param ofRandom the mean regret of all: what a random choice has
   * @param ofTransfer of the one that is most like the best of the nearest task that was learned
   *     from
   * @param nearest that task
   */
  public record HeldOut(
      String task,
      int architectures,
      @Nullable Double kendall,
      double regret,
      double ofRandom,
      double ofTransfer,
      String nearest) {}
}
