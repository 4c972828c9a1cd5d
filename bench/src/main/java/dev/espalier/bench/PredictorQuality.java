package dev.espalier.bench;

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
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.statistics.Interval;
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
 * How well predictors rank architectures that they were not fitted to: Kendall's tau over random
 * splits, the same splits for every kind and number of rows.
 *
 * <p>Arguments: a file with a line {@code bits,accuracy} for each architecture; {@code kind=gnn},
 * {@code splits=20}, {@code heldOut=50}, {@code rows=250} (fitted to, of those not held out),
 * {@code seed=0}, {@code split=published} for the one published split instead (the last are held
 * out). Prints one line of JSON. Held-out rows take no part in any choice.
 */
public final class PredictorQuality {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;

  private PredictorQuality() {}

  public static void main(String[] arguments) throws IOException {
    TrainingRows all = read(Path.of(arguments[0]));
    Map<String, String> options = new LinkedHashMap<>();
    for (String argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], parts[1]);
    }
    PredictorRecipe recipe = PredictorRecipe.published(options.getOrDefault("kind", "gnn"));
    int heldOut = Integer.parseInt(options.getOrDefault("heldOut", "50"));
    int rows = Integer.parseInt(options.getOrDefault("rows", "250"));
    long seed = Long.parseLong(options.getOrDefault("seed", "0"));
    boolean published = "published".equals(options.get("split"));
    int splits = published ? 1 : Integer.parseInt(options.getOrDefault("splits", "20"));
    double[] taus = new double[splits];
    for (int split = 0; split < splits; split++) {
      int[] order =
          published
              ? inOrder(all.size())
              : RandomStream.of(seed, "predictor quality", split).permutation(all.size());
      taus[split] = tau(recipe, all, order, heldOut, rows, split);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", recipe.kind());
    result.put("rows", rows);
    result.put("heldOut", heldOut);
    result.put("split", published ? "published" : "random");
    result.put("splits", splits);
    result.put("meanTau", Statistics.mean(taus));
    if (splits > 1) {
      Interval interval = Statistics.meanInterval(0.95, taus);
      result.put("interval95", List.of(interval.low(), interval.high()));
    }
    result.put("taus", taus);
    System.out.println(Json.write(result));
  }

  /** The last of the order are held out, the first fitted to, in the order of the file. */
  private static double tau(
      PredictorRecipe recipe, TrainingRows all, int[] order, int heldOut, int rows, long seed) {
    int[] fitted = Arrays.copyOf(order, Math.min(rows, order.length - heldOut));
    Arrays.sort(fitted);
    TrainingRows test = all.select(Arrays.copyOfRange(order, order.length - heldOut, order.length));
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                SPACE,
                recipe,
                all.select(fitted),
                seed,
                "quality",
                null,
                FitMonitor.none());
    try (Predictor predictor = fit.predictor()) {
      return Statistics.kendallTau(predictor.predict(test.architectures()), test.accuracies());
    }
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private static TrainingRows read(Path file) throws IOException {
    List<Architecture> architectures = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(",", 2);
      boolean[] bits = new boolean[parts[0].length()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = parts[0].charAt(i) == '1';
      }
      architectures.add(SPACE.of(bits));
      accuracies.add(Double.valueOf(parts[1]));
    }
    return new TrainingRows(
        architectures, accuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
