package dev.espalier.learning.predictor;

import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
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
    return new Fit(
            EncodedSpaces.of(space, rows.columns()),
            recipe,
            rows,
            seed,
            stream,
            checkpoint,
            monitor)
        .run();
  }

  /**
   * The predictor of these bytes.
   *
   * @throws dev.espalier.search.failure.InvalidInput if it was fitted in another space
   * @throws dev.espalier.learning.training.CorruptCheckpoint if they are not a predictor
   */
  public static Predictor load(Torch torch, SearchSpace space, byte[] saved) {
    return load(torch, space, saved, Columns.NONE);
  }

  /**
   * The predictor of these bytes, with what it reads beside graphs.
   *
   * @param columns of all architectures that it is to predict
   * @throws dev.espalier.search.failure.InvalidInput if it was fitted in another space, or to other
   *     columns
   * @throws dev.espalier.learning.training.CorruptCheckpoint if they are not a predictor
   */
  public static Predictor load(Torch torch, SearchSpace space, byte[] saved, Columns columns) {
    return FittedPredictor.load(EncodedSpaces.of(space, columns), saved);
  }

  /**
   * The network in a checkpoint of a published program: the graph network of {@code {"model":
   * weights}} in PyTorch's format before 1.6, or the graph convolutions of a state that {@code
   * torch.save} writes since then. Nothing in it is executed.
   *
   * @throws dev.espalier.search.failure.InvalidInput if it is something else, or of another space
   */
  public static Predictor importPublished(SearchSpace space, byte[] checkpoint) {
    StructuredEncoding encoding = EncodedSpaces.of(space);
    if (TorchArchive.is(checkpoint)) {
      Model model = ConvolutionModel.of(TorchArchive.read(checkpoint));
      return new FittedPredictor(encoding, model.family().name(), List.of(model));
    }
    Map<String, NamedArray> weights =
        FittedPredictor.withPrefix("model.", TorchCheckpoint.read(checkpoint));
    return new FittedPredictor(
        encoding,
        PredictorKind.GNN.label(),
        List.of(GraphModel.restore(encoding.layout(), weights)));
  }

  /**
   * The state of graph convolutions as {@code torch.load} reads it, its parameters named as by the
   * published program. What it gives there is normalised; {@link #importPublished} knows the scale
   * again, and gives the same predictor.
   *
   * @throws dev.espalier.search.failure.InvalidInput if it is of another kind
   */
  public static byte[] exportForPyTorch(Predictor predictor) {
    if (predictor instanceof FittedPredictor fitted
        && fitted.members().getFirst() instanceof ConvolutionModel model) {
      return model.archive().encode();
    }
    throw new InvalidInput(
        "a predictor of kind %s cannot be written for PyTorch: %s and %s can"
            .formatted(
                predictor.kind(),
                PredictorKind.NEURAL_PREDICTOR.label(),
                PredictorKind.NEURAL_CLASSIFIER.label()));
  }
}
