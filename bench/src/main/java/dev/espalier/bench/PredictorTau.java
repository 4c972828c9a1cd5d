package dev.espalier.bench;

import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well predictors rank cells of NAS-Bench-201 that they were not fitted to: Kendall's tau of
 * the test accuracy after 200 epochs.
 *
 * <p>Arguments: {@code table=CSV} of accuracies; {@code cifar10=CSV} and {@code imagenet16-120=CSV}
 * of scores without training (those of CIFAR-10 serve CIFAR-100 too); {@code threads=1}. Every line
 * of standard input is a job, answered by a line of JSON (see {@link Jobs}):
 *
 * <pre>PREDICTOR DATA all|distinct CELLS SEED</pre>
 *
 * with one of {@link Predictors#kinds()}, {@code boosting} or {@code parameters}; {@code
 * +indicators} behind it gives it ten scores beside the graph. All predictors of a seed are fitted
 * to the same cells and asked for the same 3,000 others, and fewer cells are some of more.
 */
public final class PredictorTau {
  private static final int HELD_OUT = 3_000;
  private static final String WITH_INDICATORS = "+indicators";
  private static final String WITH_OWN = "+own";

  private final TauData data;

  PredictorTau(TauData data) {
    this.data = data;
  }

  public static void main(String[] words) throws Exception {
    Arguments arguments = Arguments.of(List.of(words));
    AccuracyTable table = TableData.table(arguments.path("table"));
    PredictorTau bench = new PredictorTau(new TauData(table, arguments));
    Jobs.run(System.in, System.out, arguments.number("threads", 1), bench::answer);
  }

  Map<String, Object> answer(List<String> words) throws Exception {
    String name = words.getFirst();
    String kind = name.contains("+") ? name.substring(0, name.indexOf('+')) : name;
    TableData of = TableData.parse(words.get(1));
    TrainingRows all = data.rows(of, words.get(2));
    if (name.endsWith(WITH_INDICATORS)) {
      all = all.with(data.indicators(of));
    } else if (name.endsWith(WITH_OWN)) {
      all = all.with(data.own());
    }
    int cells = Integer.parseInt(words.get(3));
    long seed = Long.parseLong(words.get(4));
    int[] order = RandomStream.of(seed, "predictor tau", words.get(2)).permutation(all.size());
    TrainingRows test = all.select(Arrays.copyOf(order, HELD_OUT));
    TrainingRows fitted = all.select(Arrays.copyOfRange(order, order.length - cells, order.length));
    double start = Jobs.cpuSeconds();
    double[] predicted =
        switch (kind) {
          case "parameters" -> parameters(test.architectures());
          case "boosting" -> BoostedTrees.fit(fitted, seed).predict(test.architectures());
          default -> predicted(kind, fitted, test.architectures(), seed);
        };
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("tau", Statistics.kendallTau(predicted, test.accuracies()));
    answer.put("seconds", Jobs.cpuSeconds() - start);
    return answer;
  }

  private static double[] parameters(List<Architecture> cells) {
    return cells.stream()
        .mapToDouble(cell -> NasBench201.SPACE.standardCost(cell).parameters())
        .toArray();
  }

  private static double[] predicted(
      String kind, TrainingRows fitted, List<Architecture> asked, long seed) {
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                PredictorRecipe.published(kind),
                fitted,
                seed,
                "tau",
                null,
                FitMonitor.none());
    try (Predictor predictor = fit.predictor()) {
      return predictor.predict(asked);
    }
  }
}
