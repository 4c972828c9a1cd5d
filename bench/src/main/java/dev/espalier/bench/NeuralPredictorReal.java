package dev.espalier.bench;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.statistics.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the neural predictor does on real cells of NAS-Bench-101: 172 to train on, the others to
 * be tested on, once for each seed, which draws the split and all that training draws.
 *
 * <p>Arguments: a file of cells with {@code adjacency}, {@code ops} and {@code val_accuracy};
 * {@code seeds=10}, {@code rows=172}. Prints a line of JSON for each seed, and one with the means.
 * Errors are squared percent. Of the classifier ("above 91 %"), precision and recall on the tested
 * cells, and error and tau of a predictor that is trained on good cells alone, on the tested cells
 * that the classifier takes for good.
 */
public final class NeuralPredictorReal {
  private static final double GOOD = 0.91;
  private static final List<String> NAMES =
      List.of("output", "input", "conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3");
  private static final ConvolutionSettings SETTINGS = new ConvolutionSettings(1e-3, 0.1, true);

  private final Torch torch = Torch.cpu();
  private final TrainingRows all;

  private NeuralPredictorReal(TrainingRows all) {
    this.all = all;
  }

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words).subList(1, words.length));
    NeuralPredictorReal bench = new NeuralPredictorReal(cells(Path.of(words[0])));
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (int seed = 0; seed < arguments.number("seeds", 10); seed++) {
      Map<String, Double> figures = bench.figures(seed, arguments.number("rows", 172));
      System.out.println(Json.write(Map.of("seed", seed, "figures", figures)));
      figures.forEach(
          (name, figure) -> columns.computeIfAbsent(name, _ -> new ArrayList<>()).add(figure));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    columns.forEach((name, figures) -> {
      double[] values = figures.stream().mapToDouble(Double::doubleValue).toArray();
      means.put(name, Statistics.mean(values));
      means.put(name + ", deviation", values.length > 1 ? Statistics.standardDeviation(values) : 0);
    });
    System.out.println(Json.write(Map.of("means", means)));
  }

  private static TrainingRows cells(Path file) throws IOException {
    List<Architecture> cells = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (JsonNode each : Json.read(Files.readString(file), JsonNode.class).path("cells")) {
      List<String> names = new ArrayList<>();
      each.path("ops").forEach(code -> names.add("'" + NAMES.get(code.asInt() + 2) + "'"));
      cells.add(GraphCell.parse(each.path("adjacency") + ", [" + String.join(", ", names) + "]"));
      accuracies.add(each.path("val_accuracy").asDouble());
    }
    return new TrainingRows(cells, accuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private Map<String, Double> figures(long seed, int rows) {
    int[] order = RandomStream.of(seed, "real cells", "split").permutation(all.size());
    TrainingRows trained = all.select(Arrays.copyOf(order, rows));
    TrainingRows tested = all.select(Arrays.copyOfRange(order, rows, all.size()));
    Map<String, Double> figures = new LinkedHashMap<>();
    PredictorRecipe published = recipe("neural-predictor", 300, 1e-4).with(SETTINGS);
    compare("published", predictions(published, trained, tested, seed), tested, figures);
    PredictorRecipe longer = recipe("neural-predictor", 600, 2e-4).with(SETTINGS);
    compare("600 epochs at 2e-4", predictions(longer, trained, tested, seed), tested, figures);
    double[] forest =
        predictions(
            new PredictorRecipe("forest", 1, 1, 1, 1, 1, 1, 0, 0, 200), trained, tested, seed);
    compare("forest on marks", forest, tested, figures);
    cascade(published, trained, tested, seed, figures);
    return figures;
  }

  private static PredictorRecipe recipe(String kind, int epochs, double rate) {
    return new PredictorRecipe(kind, epochs, rate, 144, 128, 3, 10, 0, 0, 1);
  }

  private double[] predictions(
      PredictorRecipe recipe, TrainingRows trained, TrainingRows tested, long seed) {
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(
                torch, NasBench101.SPACE, recipe, trained, seed, "real", null, FitMonitor.none());
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

  /** The two stages of the paper, both trained on the same rows. */
  private void cascade(
      PredictorRecipe recipe,
      TrainingRows trained,
      TrainingRows tested,
      long seed,
      Map<String, Double> figures) {
    TrainingRows classes =
        new TrainingRows(
            trained.architectures(),
            Arrays.stream(trained.accuracies()).map(each -> each > GOOD ? 1 : 0).toArray());
    double[] probabilities =
        predictions(recipe("neural-classifier", 300, 1e-4), classes, tested, seed);
    int[] taken = where(probabilities, 0.5);
    int[] good = where(tested.accuracies(), GOOD);
    long right = Arrays.stream(taken).filter(i -> tested.accuracies()[i] > GOOD).count();
    figures.put("classifier: precision", (double) right / taken.length);
    figures.put("classifier: recall", (double) right / good.length);
    TrainingRows passed = tested.select(taken);
    TrainingRows better = trained.select(where(trained.accuracies(), GOOD));
    compare(
        "cascade, on its own choice", predictions(recipe, better, passed, seed), passed, figures);
    compare(
        "one stage, on the same cells",
        predictions(recipe, trained, passed, seed),
        passed,
        figures);
  }

  private static int[] where(double[] values, double above) {
    int[] found = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > above) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
