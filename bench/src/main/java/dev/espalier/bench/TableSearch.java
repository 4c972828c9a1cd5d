package dev.espalier.bench;

import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A search over the table of NAS-Bench-201, by what it evaluates. */
interface TableSearch {
  /**
   * The indices of the cells that it evaluates, in order, all different.
   *
   * @param accuracies of all cells
   * @param budget how many it may evaluate
   */
  List<Integer> evaluated(double[] accuracies, int budget, long seed);

  /** Random search. */
  static TableSearch random() {
    return (accuracies, budget, seed) ->
        Arrays.stream(RandomStream.of(seed, "race", "random").permutation(accuracies.length))
            .limit(budget)
            .boxed()
            .toList();
  }

  /**
   * Regularised evolution (Real et al. 2019) with the population and tournament that NAS-Bench-201
   * was published with, 10 and 3. A cell that is known costs nothing.
   */
  static TableSearch evolution() {
    return (accuracies, budget, seed) -> {
      RandomStream random = RandomStream.of(seed, "race", "evolution");
      Set<Integer> evaluated = new LinkedHashSet<>();
      Deque<Integer> population = new ArrayDeque<>();
      while (evaluated.size() < budget) {
        int child;
        if (population.size() < 10) {
          child = random.nextInt(accuracies.length);
        } else {
          List<Integer> members = List.copyOf(population);
          int parent = members.get(random.nextInt(members.size()));
          for (int i = 1; i < 3; i++) {
            int other = members.get(random.nextInt(members.size()));
            parent = accuracies[other] > accuracies[parent] ? other : parent;
          }
          List<Cell> neighbours = Cell.ofIndex(parent).neighbours();
          child = neighbours.get(random.nextInt(neighbours.size())).index();
          population.removeFirst();
        }
        population.addLast(child);
        evaluated.add(child);
      }
      return List.copyOf(evaluated);
    };
  }

  /**
   * Neural Predictor: some cells, a predictor, then the best ranked.
   *
   * @param classifier of whether a cell reaches the median of the training cells: who does not is
   *     ranked behind all who do; empty for none
   */
  static TableSearch predictor(String kind, int train, String classifier) {
    return (accuracies, budget, seed) -> {
      int[] order = RandomStream.of(seed, "race", "predictor").permutation(accuracies.length);
      List<Cell> cells = NasBench201.SPACE.cells();
      int[] training = Arrays.copyOf(order, train);
      TrainingRows rows =
          new TrainingRows(
              Arrays.stream(training).mapToObj(cells::get).toList(),
              Arrays.stream(training).mapToDouble(each -> accuracies[each]).toArray());
      double[] predicted = predicted(kind, rows, cells, seed);
      double[] chances =
          classifier.isEmpty()
              ? new double[cells.size()]
              : predicted(classifier, classes(rows), cells, seed);
      Set<Integer> evaluated = new LinkedHashSet<>();
      Arrays.stream(training).forEach(evaluated::add);
      IntStream.range(0, predicted.length)
          .boxed()
          .sorted(
              Comparator.comparing((Integer cell) -> chances[cell] <= 0.5)
                  .thenComparingDouble(cell -> -predicted[cell])) // stable
          .forEach(evaluated::add);
      return new ArrayList<>(evaluated).subList(0, budget);
    };
  }

  /** 1 for who reaches the median, 0 for who does not. */
  private static TrainingRows classes(TrainingRows rows) {
    double median = Statistics.median(rows.accuracies());
    return new TrainingRows(
        rows.architectures(),
        Arrays.stream(rows.accuracies()).map(each -> each >= median ? 1 : 0).toArray());
  }

  /** What a kind says of all cells, fitted to these rows. */
  private static double[] predicted(String kind, TrainingRows rows, List<Cell> cells, long seed) {
    FitOutcome.Finished finished =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                PredictorRecipe.published(kind),
                rows,
                seed,
                "race",
                null,
                FitMonitor.none());
    try (Predictor predictor = finished.predictor()) {
      return predictor.predict(cells);
    }
  }
}
