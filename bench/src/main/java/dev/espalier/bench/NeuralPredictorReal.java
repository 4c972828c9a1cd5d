package dev.espalier.bench;

import dev.espalier.learning.predictor.ConvolutionSettings;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.trainings.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well the neural predictor does on real cells of NAS-Bench-101: 172 to train on, the others to
 * be tested on, once for each seed, which draws the split and all that training draws.
 *
 * <p>Arguments: a file of {@link RealCells}; {@code first=0} and {@code seeds=10}, the seeds from
 * and below which; {@code rows=172}; {@code folds=0} of the cross validation, 0 for none; {@code
 * split=numpy} takes the first rows of NumPy's permutation by the seed. Prints a line of JSON for
 * each seed. Errors are squared percent. Of the classifier of good cells, precision and recall on
 * the tested cells, and error and tau of a predictor that is trained on good cells alone, on the
 * tested cells that the classifier takes for good. The cross validation, within the training cells,
 * tells error and tau of the published settings, and chooses between them and longer ones.
 */
public final class NeuralPredictorReal {
  private static final String PUBLISHED = "neural-predictor";

  private final Torch torch = Torch.cpu();
  private final RealCells cells;
  private final Arguments arguments;
  private final ConvolutionSettings settings;

  private NeuralPredictorReal(RealCells cells, Arguments arguments) {
    this.cells = cells;
    this.arguments = arguments;
    this.settings = new ConvolutionSettings(1e-3, 0.1, cells.isOfficial());
  }

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words).subList(1, words.length));
    NeuralPredictorReal bench =
        new NeuralPredictorReal(RealCells.read(Path.of(words[0])), arguments);
    for (int seed = arguments.number("first", 0); seed < arguments.number("seeds", 10); seed++) {
      System.out.println(
          Json.write(
              Map.of(
                  "seed",
                  seed,
                  "cells",
                  bench.cells.rows().size(),
                  "figures",
                  bench.figures(seed))));
    }
  }

  private Map<String, Double> figures(long seed) {
    int rows = arguments.number("rows", 172);
    TrainingRows all = cells.rows();
    int[] order = order(seed, rows);
    TrainingRows trained = all.select(Arrays.copyOf(order, rows));
    TrainingRows tested = all.select(Arrays.copyOfRange(order, rows, all.size()));
    Map<String, Double> figures = new LinkedHashMap<>();
    PredictorRecipe published = recipe(PUBLISHED, 300, 1e-4);
    PredictorRecipe longer = recipe(PUBLISHED, 600, 2e-4);
    double[] byPublished = predictions(published, trained, tested, seed, "real");
    compare("as published", byPublished, tested, figures);
    double[] byLonger = predictions(longer, trained, tested, seed, "real");
    compare("600 epochs at 2e-4", byLonger, tested, figures);
    int folds = arguments.number("folds", 0);
    if (folds > 0) {
      double one =
          validated(
              "as published, within the training cells", published, trained, folds, seed, figures);
      double other =
          validated(
              "600 epochs at 2e-4, within the training cells",
              longer,
              trained,
              folds,
              seed,
              figures);
      compare("chosen by cross validation", other > one ? byLonger : byPublished, tested, figures);
    }
    for (String kind : List.of("blend", "gaussian-process", "forest")) {
      PredictorRecipe recipe = PredictorRecipe.published(kind);
      compare(kind, predictions(recipe, trained, tested, seed, "real"), tested, figures);
    }
    compare(
        "a forest on six features",
        FeatureForest.fit(trained, seed).predict(tested.architectures()),
        tested,
        figures);
    cascade(published, trained, tested, seed, figures);
    return figures;
  }

  /** All rows, those that are trained on first. */
  private int[] order(long seed, int rows) {
    int count = cells.rows().size();
    if (!arguments.has("split") || !arguments.text("split").equals("numpy")) {
      return RandomStream.of(seed, "real cells", "split").permutation(count);
    }
    double[] accuracies = cells.rows().accuracies();
    int[] chosen = new Splits(count, i -> accuracies[i]).drawn(rows, seed).indices();
    boolean[] taken = new boolean[count];
    Arrays.stream(chosen).forEach(i -> taken[i] = true);
    return IntStream.concat(Arrays.stream(chosen), IntStream.range(0, count).filter(i -> !taken[i]))
        .toArray();
  }

  private PredictorRecipe recipe(String kind, int epochs, double rate) {
    PredictorRecipe recipe = new PredictorRecipe(kind, epochs, rate, 144, 128, 3, 10, 0, 0, 1);
    return kind.equals(PUBLISHED) ? recipe.with(settings) : recipe;
  }

  private double[] predictions(
      PredictorRecipe recipe, TrainingRows trained, TrainingRows tested, long seed, String stream) {
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(
                torch, NasBench101.SPACE, recipe, trained, seed, stream, null, FitMonitor.none());
    try (Predictor predictor = fit.predictor()) {
      return predictor.predict(tested.architectures());
    }
  }

  private static void compare(
      String name, double[] predictions, TrainingRows tested, Map<String, Double> figures) {
    double[] accuracies = tested.accuracies();
    double squares = 0;
    for (int i = 0; i < predictions.length; i++) {
      double points = 100 * (predictions[i] - accuracies[i]);
      squares += points * points / predictions.length;
    }
    figures.put(name + ": MSE", squares);
    figures.put(name + ": tau", Statistics.kendallTau(predictions, accuracies));
  }

  /** The mean over the folds; returns that of tau. */
  private double validated(
      String name,
      PredictorRecipe recipe,
      TrainingRows trained,
      int folds,
      long seed,
      Map<String, Double> figures) {
    int[] order = RandomStream.of(seed, "real cells", "folds").permutation(trained.size());
    double error = 0;
    double tau = 0;
    for (int fold = 0; fold < folds; fold++) {
      int from = fold * order.length / folds;
      int to = (fold + 1) * order.length / folds;
      int[] rest =
          IntStream.range(0, order.length)
              .filter(i -> i < from || i >= to)
              .map(i -> order[i])
              .toArray();
      TrainingRows held = trained.select(Arrays.copyOfRange(order, from, to));
      Map<String, Double> of = new LinkedHashMap<>();
      compare(
          "fold",
          predictions(recipe, trained.select(rest), held, seed, "real fold " + fold),
          held,
          of);
      error += of.getOrDefault("fold: MSE", Double.NaN) / folds;
      tau += of.getOrDefault("fold: tau", Double.NaN) / folds;
    }
    figures.put(name + ": MSE", error);
    figures.put(name + ": tau", tau);
    return tau;
  }

  /** The two stages of the paper, both trained on the same rows. */
  private void cascade(
      PredictorRecipe recipe,
      TrainingRows trained,
      TrainingRows tested,
      long seed,
      Map<String, Double> figures) {
    double good = cells.good(trained);
    TrainingRows classes =
        new TrainingRows(
            trained.architectures(),
            Arrays.stream(trained.accuracies()).map(each -> each > good ? 1 : 0).toArray());
    double[] probabilities =
        predictions(recipe("neural-classifier", 300, 1e-4), classes, tested, seed, "real");
    int[] taken = where(probabilities, 0.5);
    int[] truly = where(tested.accuracies(), good);
    long right = Arrays.stream(taken).filter(i -> tested.accuracies()[i] > good).count();
    figures.put("classifier: precision", (double) right / taken.length);
    figures.put("classifier: recall", (double) right / truly.length);
    TrainingRows passed = tested.select(taken);
    TrainingRows better = trained.select(where(trained.accuracies(), good));
    compare(
        "one stage, where the classifier lets pass",
        predictions(recipe, trained, passed, seed, "real"),
        passed,
        figures);
    compare(
        "both stages, on the same cells",
        predictions(recipe, better, passed, seed, "real"),
        passed,
        figures);
  }

  private static int[] where(double[] values, double above) {
    return IntStream.range(0, values.length).filter(i -> values[i] > above).toArray();
  }
}
