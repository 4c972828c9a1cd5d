package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.TabularSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns of a table of cells are accuracies, in which unit, and whether they can be. */
final class AccuracyColumns {
  private static final Set<String> ACCURATE =
      Set.of(
          "acc",
          "accs",
          "accuracy",
          "accuracies",
          "valid",
          "validation",
          "val",
          "test",
          "testing",
          "eval",
          "train",
          "training",
          "top",
          "top1",
          "ori",
          "x");
  private static final Set<String> OTHERWISE =
      Set.of(
          "loss",
          "losses",
          "nll",
          "entropy",
          "err",
          "error",
          "errors",
          "time",
          "times",
          "sec",
          "secs",
          "second",
          "seconds",
          "hour",
          "hours",
          "latency",
          "cost",
          "costs",
          "params",
          "param",
          "parameters",
          "flop",
          "flops",
          "macs",
          "mac",
          "memory",
          "mem",
          "energy",
          "rank",
          "ranks",
          "epoch",
          "epochs",
          "seed",
          "seeds",
          "std",
          "stdev",
          "deviation",
          "var",
          "variance",
          "lr",
          "score",
          "size",
          "id");

  /** Above it in percent are the best cells of every data set, above it is no loss. */
  private static final double FLOOR = 0.1;

  private static final int ENOUGH = 1000;

  private AccuracyColumns() {}

  /** Of a stored table: what was passed over ever since. */
  static boolean isCost(String column) {
    return column.startsWith("params") || column.startsWith("flops");
  }

  /** By the words that the name is made of. */
  static boolean isAccuracy(String column) {
    List<String> words =
        Arrays.asList(
            column
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+"));
    return words.stream().anyMatch(ACCURATE::contains)
        && words.stream().noneMatch(OTHERWISE::contains);
  }

  /**
   * Whether no number is above 1.
   *
   * @param numbers {@code [column][cell]}, NaN where unknown
   * @throws InvalidInput if that is so of some columns, and of others not
   */
  static boolean areRatios(String name, List<String> columns, double[][] numbers) {
    List<String> ratios = new ArrayList<>();
    List<String> percents = new ArrayList<>();
    for (int column = 0; column < numbers.length; column++) {
      double largest = Arrays.stream(numbers[column]).filter(each -> each >= 0).max().orElse(-1);
      if (largest >= 0) {
        (largest <= 1 ? ratios : percents).add(columns.get(column));
      }
    }
    if (!ratios.isEmpty() && !percents.isEmpty()) {
      throw new InvalidInput(
          ("%s: percent and ratios are mixed: no value of %s is above 1, but those of %s are: "
                  + "write all columns in percent")
              .formatted(name, Remarks.some(ratios), Remarks.some(percents)));
    }
    return !ratios.isEmpty();
  }

  /**
   * Whether the columns behave as accuracies do: the best cells are far above chance, and a cell
   * without a path is not better than most.
   *
   * @param ratios {@code [column][cell]}
   * @throws InvalidInput with every column that does not
   */
  static void check(TabularSpace space, String name, List<String> columns, double[][] ratios) {
    List<String> problems = new ArrayList<>();
    for (int column = 0; column < ratios.length; column++) {
      double[] sorted = Arrays.stream(ratios[column]).filter(each -> each >= 0).sorted().toArray();
      if (sorted.length < ENOUGH) {
        continue;
      }
      double largest = sorted[sorted.length - 1];
      double median = sorted[sorted.length / 2];
      double without = withoutAPath(space, ratios[column]);
      if (largest < FLOOR) {
        problems.add(
            ("%s: column %s cannot be accuracies: its largest value is %s %%, less than chance. "
                    + "Losses? Leave the column out")
                .formatted(name, columns.get(column), (float) (100 * largest)));
      } else if (without > median) {
        problems.add(
            ("%s: column %s cannot be accuracies: the cell without a path has %s %%, more than half of all cells. "
                    + "Losses or errors? Leave the column out")
                .formatted(name, columns.get(column), (float) (100 * without)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** The ratio of the cell without a path; none is better than it where there is no such cell. */
  private static double withoutAPath(TabularSpace space, double[] ratios) {
    return space.withoutAPath().map(cell -> ratios[space.index(cell)]).orElse(0.0);
  }
}
