package dev.espalier.learning.predictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a predictor is built and fitted. What a kind has no use for, it ignores.
 *
 * @param kind one of {@link Predictors#kinds()}
 * @param epochs passes over the rows at most
 * @param learningRate of Adam
 * @param embedding numbers that a vertex of a graph network holds
 * @param hidden neurons between the vertices, or the marks, and the accuracy
 * @param blocks rounds of messages along the edges, or layers of convolutions
 * @param batch rows of one step
 * @param validationShare of the training rows, set aside to choose the best epoch; 0 to take the
 *     last epoch
 * @param patience epochs without improvement on those rows before the fit ends; 0 to run them all
 * @param members of an ensemble, or trees of a forest
 * @param convolution what graph convolutions need beside; empty for what is best known: {@link
 *     ConvolutionSettings#PUBLISHED}, for classes {@link ConvolutionSettings#CLASSES}
 */
public record PredictorRecipe(
    String kind,
    int epochs,
    double learningRate,
    int embedding,
    int hidden,
    int blocks,
    int batch,
    double validationShare,
    int patience,
    int members,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ConvolutionSettings> convolution) {
  public PredictorRecipe {
    List<String> problems = new ArrayList<>();
    if (!Predictors.kinds().contains(kind)) {
      problems.add(PredictorKind.unknown(kind));
    }
    requireAtLeast(1, "epochs", epochs, problems);
    requireAtLeast(1, "embedding", embedding, problems);
    requireAtLeast(1, "hidden", hidden, problems);
    requireAtLeast(1, "blocks", blocks, problems);
    requireAtLeast(1, "batch", batch, problems);
    requireAtLeast(0, "patience", patience, problems);
    requireAtLeast(1, "members", members, problems);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      problems.add("predictor.learningRate must be positive, but was " + learningRate);
    }
    if (!(validationShare >= 0 && validationShare <= 0.5)) {
      problems.add(
          "predictor.validationShare must be between 0 and 0.5, but was " + validationShare);
    }
    if (patience > 0 && validationShare == 0) {
      problems.add(
          "predictor.patience needs rows to look at: raise predictor.validationShare or set"
              + " patience to 0");
    }
    convolution.ifPresent(settings -> problems.addAll(settings.problems()));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** With the best known settings, where graph convolutions need more than this. */
  public PredictorRecipe(
      String kind,
      int epochs,
      double learningRate,
      int embedding,
      int hidden,
      int blocks,
      int batch,
      double validationShare,
      int patience,
      int members) {
    this(
        kind,
        epochs,
        learningRate,
        embedding,
        hidden,
        blocks,
        batch,
        validationShare,
        patience,
        members,
        Optional.empty());
  }

  /** The same with other settings of the graph convolutions. */
  public PredictorRecipe with(ConvolutionSettings settings) {
    return new PredictorRecipe(
        kind,
        epochs,
        learningRate,
        embedding,
        hidden,
        blocks,
        batch,
        validationShare,
        patience,
        members,
        Optional.of(settings));
  }

  private static void requireAtLeast(int least, String name, int value, List<String> problems) {
    if (value < least) {
      problems.add("predictor.%s must be at least %d, but was %d".formatted(name, least, value));
    }
  }

  /**
   * The published setting of a kind; where nothing was published, the usual one.
   *
   * <p>Departs from the published program in one point: that one chose the best epoch on the rows
   * it was tested on, this one on a tenth of the training rows.
   */
  public static PredictorRecipe published(String kind) {
    return PredictorKind.labelled(kind).published();
  }

  /** The one that ranked held-out architectures best in docs/benchmarks.md. */
  public static PredictorRecipe best() {
    return published("ensemble");
  }
}
