package dev.espalier.learning.predictor;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits and loads predictors of every kind. */
public final class Predictors {
  private Predictors() {}

  /** The names in recipes. */
  public static List<String> kinds() {
    return PredictorKind.labels();
  }

  /**
   * Fits to the end, or until the monitor stops it. Interrupted anywhere and continued, it gives
   * the same bits as without.
   *
   * @param torch the engine, for the kinds that need one
   * @param space the space of the architectures
   * @param seed with {@code stream} begins the name of every random stream
   * @param checkpoint where to continue, or null to begin
   * @throws dev.espalier.search.failure.Diverged if the loss is not finite
   * @throws dev.espalier.search.failure.InvalidInput if this kind does not know the space, or the
   *     checkpoint belongs to another fit
   * @throws dev.espalier.learning.training.CorruptCheckpoint if a byte of the checkpoint changed
   */
  public static FitOutcome fit(
      Torch torch,
      SearchSpace space,
      PredictorRecipe recipe,
      TrainingRows rows,
      long seed,
      String stream,
      byte @Nullable [] checkpoint,
      FitMonitor monitor) {
    return new Fit(EncodedSpaces.of(space), recipe, rows, seed, stream, checkpoint, monitor).run();
  }

  /**
   * The predictor of these bytes.
   *
   * @throws dev.espalier.search.failure.InvalidInput if it was fitted in another space
   * @throws dev.espalier.learning.training.CorruptCheckpoint if they are not a predictor
   */
  public static Predictor load(Torch torch, SearchSpace space, byte[] saved) {
    return FittedPredictor.load(EncodedSpaces.of(space), saved);
  }

  /**
   * The graph network in a checkpoint of the published program, {@code {"model": weights}}, in
   * PyTorch's format before 1.6. Nothing in it is executed.
   *
   * @throws dev.espalier.search.failure.InvalidInput if it is something else, or of another space
   */
  public static Predictor importPublished(SearchSpace space, byte[] checkpoint) {
    ArchitectureEncoding encoding = EncodedSpaces.of(space);
    Map<String, NamedArray> weights =
        FittedPredictor.withPrefix("model.", TorchCheckpoint.read(checkpoint));
    return new FittedPredictor(
        encoding,
        PredictorKind.GNN.label(),
        List.of(GraphModel.restore(encoding.layout(), weights)));
  }
}
