package dev.espalier.bench;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Searches over the table of NAS-Bench-201 with as many evaluations each: how many they need until
 * the best cell and until within 0.1 points of it, and their regret.
 *
 * <p>Arguments: {@code table=FILE}, {@code kinds=forest,ensemble}, {@code data=cifar10,...}, {@code
 * train=172}, {@code top=328}, {@code seeds=20}; {@code classifiers=forest,...} races each kind
 * behind each of them too. Searched for and judged by is the test accuracy after 200 epochs. Prints
 * a line of JSON for each data set and search.
 */
public final class SearchRace {
  private static final double NEAR = 0.001;
  private static final double CONFIDENCE = 0.95;
  private static final List<Integer> LOOKS = List.of(50, 100, 172, 182, 200, 250, 300, 400, 500);

  private SearchRace() {}

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words));
    AccuracyTable table = TableData.table(arguments.path("table"));
    int train = arguments.number("train", 172);
    int budget = train + arguments.number("top", 328);
    int seeds = arguments.number("seeds", 20);
    for (String label : arguments.text("data").split(",", -1)) {
      TableData data = TableData.parse(label);
      double[] accuracies =
          IntStream.range(0, table.size())
              .mapToDouble(index -> data.accuracy(table, Cell.ofIndex(index)))
              .toArray();
      searches(arguments, train)
          .forEach((name, search) ->
              System.out.println(Json.write(run(label, name, search, accuracies, budget, seeds))));
    }
  }

  private static SequencedMap<String, TableSearch> searches(Arguments arguments, int train) {
    SequencedMap<String, TableSearch> searches = new LinkedHashMap<>();
    searches.put("random", TableSearch.random());
    searches.put("regularised evolution", TableSearch.evolution());
    List<String> classifiers =
        arguments.has("classifiers")
            ? List.of(arguments.text("classifiers").split(",", -1))
            : List.of();
    for (String kind : arguments.text("kinds").split(",", -1)) {
      searches.put("neural-predictor, %s".formatted(kind), TableSearch.predictor(kind, train, ""));
      for (String classifier : classifiers) {
        searches.put(
            "neural-predictor, %s behind %s".formatted(kind, classifier),
            TableSearch.predictor(kind, train, classifier));
      }
    }
    return searches;
  }

  /**
   * @param best until the best cell, {@code near} until within 0.1 points of it
   * @param regret by evaluations
   */
  record Outcome(
      String data, String search, Reached best, Reached near, Map<Integer, Interval> regret) {}

  /**
   * @param reached of how many seeds
   * @param median evaluations over all seeds; null where fewer than half came to it
   */
  record Reached(int reached, int seeds, @Nullable Double median) {}

  private static Outcome run(
      String data, String name, TableSearch search, double[] accuracies, int budget, int seeds) {
    double best = Arrays.stream(accuracies).max().orElseThrow();
    double[][] grown = new double[seeds][];
    for (int seed = 0; seed < seeds; seed++) {
      grown[seed] = grown(accuracies, search.evaluated(accuracies, budget, seed));
    }
    Map<Integer, Interval> regret = new LinkedHashMap<>();
    for (int look : LOOKS) {
      if (look <= budget && seeds > 1) {
        double[] regrets =
            Arrays.stream(grown).mapToDouble(each -> best - each[look - 1]).toArray();
        regret.put(look, Statistics.meanInterval(CONFIDENCE, regrets));
      }
    }
    return new Outcome(data, name, reached(grown, best), reached(grown, best - NEAR), regret);
  }

  /** The best so far after each evaluation. */
  private static double[] grown(double[] accuracies, List<Integer> evaluated) {
    double[] grown = new double[evaluated.size()];
    double best = 0;
    for (int i = 0; i < grown.length; i++) {
      best = Math.max(best, accuracies[evaluated.get(i)]);
      grown[i] = best;
    }
    return grown;
  }

  private static Reached reached(double[][] grown, double goal) {
    double[] evaluations =
        Arrays.stream(grown)
            .mapToDouble(each ->
                IntStream.range(0, each.length)
                        .filter(i -> each[i] >= goal)
                        .findFirst()
                        .orElse(Integer.MAX_VALUE - 1)
                    + 1.0)
            .toArray();
    int reached = (int) Arrays.stream(evaluations).filter(each -> each < Integer.MAX_VALUE).count();
    double median = Statistics.median(evaluations);
    return new Reached(
        reached, evaluations.length, median < Integer.MAX_VALUE / 2.0 ? median : null);
  }
}
