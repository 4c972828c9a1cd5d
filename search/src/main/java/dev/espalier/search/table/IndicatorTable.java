package dev.espalier.search.table;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.space.nasbench201.Cell;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Published indicator values of NAS-Bench-201 cells: cell, indicator, value. To compare one's own
 * implementation of an indicator with.
 *
 * <p>A table has the cells that its publisher measured: NAS-Bench-Suite-Zero's have 9,445, one for
 * each group of cells that become the same graph once dead ends are removed.
 */
public final class IndicatorTable {
  private final String name;
  private final List<String> indicators;

  /** By cell in the file's order; a value for each indicator, NaN where unknown. */
  private final SequencedMap<Cell, double[]> values;

  IndicatorTable(String name, List<String> indicators, SequencedMap<Cell, double[]> values) {
    this.name = name;
    this.indicators = List.copyOf(indicators);
    this.values = values;
  }

  /**
   * Reads a header {@code index,arch,...} and a row a cell; every other column is an indicator, in
   * its own unit. An empty value is unknown. The official index and the architecture string of a
   * row must name the same cell.
   *
   * @param name for messages
   * @param csvOrGz CSV, plain or compressed with gzip; closed
   * @throws InvalidInput where the file is truncated, corrupt or something else, with the row
   */
  public static IndicatorTable readCsv(String name, InputStream csvOrGz) {
    return new IndicatorCsv(Input.of(name, csvOrGz)).read();
  }

  public String name() {
    return name;
  }

  /** The columns, in the file's order. */
  public List<String> indicators() {
    return indicators;
  }

  /** The cells that have values, in the file's order. */
  public List<Cell> cells() {
    return List.copyOf(values.keySet());
  }

  public int size() {
    return values.size();
  }

  /**
   * The published value, if this very cell has one; isomorphic cells are not looked for.
   *
   * @throws InvalidInput if there is no such indicator
   */
  public OptionalDouble value(Cell cell, String indicator) {
    int column = indicators.indexOf(indicator);
    if (column < 0) {
      throw new InvalidInput(
          "%s: no indicator \"%s\": allowed are %s.%s"
              .formatted(
                  name,
                  indicator,
                  String.join(", ", indicators),
                  DidYouMean.sentence(indicator, indicators)));
    }
    double[] row = values.get(cell);
    return row == null || Double.isNaN(row[column])
        ? OptionalDouble.empty()
        : OptionalDouble.of(row[column]);
  }
}
