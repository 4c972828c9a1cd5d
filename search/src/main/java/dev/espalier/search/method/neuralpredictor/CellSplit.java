package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which cells of a table are learned from, and which the predictor is judged on: canonical strings.
 */
public record CellSplit(List<String> training, List<String> judged) {
  public CellSplit {
    training = List.copyOf(training);
    judged = List.copyOf(judged);
  }

  /**
   * The split of a table.
   *
   * @throws InvalidInput if it has too few cells
   */
  public static CellSplit of(NeuralPredictorSpecification specification, ArchitectureTable table) {
    List<String> rows = table.architectures();
    SplitSettings split = specification.split();
    Splits splits = new Splits(rows.size(), row -> validation(table, rows.get(row)));
    List<String> training =
        split.isBySeed()
            ? bySeed(specification, rows)
            : of(rows, splits.named(split.name()).indices());
    Set<String> judged =
        new LinkedHashSet<>(
            split.judgedOn().equals(SplitSettings.OTHERS)
                ? rows
                : of(rows, splits.named(split.judgedOn()).indices()));
    if (!split.judgeOnTraining()) {
      training.forEach(judged::remove);
    }
    return new CellSplit(training, some(specification, List.copyOf(judged)));
  }

  private static double validation(ArchitectureTable table, String architecture) {
    return table.accuracy(architecture).orElseThrow().validation();
  }

  private static List<String> of(List<String> rows, int... indices) {
    return Arrays.stream(indices).mapToObj(rows::get).toList();
  }

  private static List<String> bySeed(
      NeuralPredictorSpecification specification, List<String> rows) {
    int train = specification.split().train();
    if (train > rows.size()) {
      throw new InvalidInput(
          "split.train (%,d) is more than table %s has: use at most %,d"
              .formatted(train, specification.table(), rows.size()));
    }
    return of(rows, Arrays.copyOf(order(specification, "table", rows.size()), train));
  }

  private static List<String> some(
      NeuralPredictorSpecification specification, List<String> judged) {
    int most = specification.split().heldOut();
    if (most == 0 || most >= judged.size()) {
      return judged;
    }
    List<String> some = new ArrayList<>();
    for (int each : Arrays.copyOf(order(specification, "judged", judged.size()), most)) {
      some.add(judged.get(each));
    }
    return some;
  }

  private static int[] order(NeuralPredictorSpecification specification, String purpose, int size) {
    return RandomStream.of(specification.seed(), "split", purpose).permutation(size);
  }
}
