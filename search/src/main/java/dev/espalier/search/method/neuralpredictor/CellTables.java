package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables of all cells of a space, and which of their columns are looked up. */
public final class CellTables {
  /** Formats of import whose space has another name. */
  private static final Map<String, String> SPACES = Map.of("nats-bench", "nas-bench-201");

  /** The data sets that tables of cells have columns of. */
  static final Set<String> DATA = Set.of("cifar10", "cifar100", "imagenet16-120");

  /** Of the validation images, the longest training first. */
  private static final List<String> VALIDATION = List.of("%s_valid_200ep", "%s_valid_12ep");

  private static final List<String> TEST = List.of("%s_test_200ep", "%s_test_12ep");

  private CellTables() {}

  /** Whether tables of this format of import are of that space. */
  static boolean isOf(String format, String space) {
    return SPACES.getOrDefault(format, format).equals(space);
  }

  /**
   * The columns that a specification means.
   *
   * @param validation whose accuracies are learned and choose
   * @param test whose accuracies are reported only; empty without one
   */
  public record Columns(String validation, String test) {
    /**
     * Those of a table: as they are given, else by the data's name. Of the validation columns the
     * longest training of which at least half of the cells are known.
     *
     * @throws InvalidInput if the table has none that fits
     */
    public static Columns of(NeuralPredictorSpecification specification, AccuracyTable table) {
      CellEvaluation evaluation = specification.evaluation();
      String data = specification.data().replace('-', '_');
      String validation = evaluation.column().isEmpty() ? known(table, data) : evaluation.column();
      String test =
          evaluation.testColumn().isEmpty()
              ? TEST.stream()
                  .map(each -> each.formatted(data))
                  .filter(table.columns()::contains)
                  .findFirst()
                  .orElse("")
              : evaluation.testColumn();
      return new Columns(validation, test);
    }

    private static String known(AccuracyTable table, String data) {
      return VALIDATION.stream()
          .map(each -> each.formatted(data))
          .filter(table.columns()::contains)
          .filter(column -> table.known(column) * 2 >= table.size())
          .findFirst()
          .orElseThrow(() ->
              new InvalidInput(
                  ("evaluation.column: table %s has no column of validation accuracies for the data %s: name "
                          + "one of its columns (%s), or other data")
                      .formatted(table.name(), data, String.join(", ", table.columns()))));
    }
  }

  /**
   * The cells whose accuracy is known, in the order of their indices.
   *
   * @throws InvalidInput if a column is not in the table
   */
  public static ArchitectureTable of(TabularSpace space, AccuracyTable table, Columns columns) {
    return table.architectures(
        space, columns.validation(), columns.test().isEmpty() ? null : columns.test());
  }
}
