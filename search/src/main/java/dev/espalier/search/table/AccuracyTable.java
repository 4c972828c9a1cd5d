package dev.espalier.search.table;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.TabularSpace;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measured accuracies of all architectures of a space, by column such as {@code
 * cifar10_valid_12ep}. Values may be missing.
 */
public final class AccuracyTable {
  private final TabularSpace space;
  private final String name;
  private final List<String> columns;

  /** NaN where unknown: {@code ratios[column][index]}. */
  private final double[][] ratios;

  AccuracyTable(TabularSpace space, String name, List<String> columns, double[][] ratios) {
    this.space = space;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.ratios = ratios;
  }

  /**
   * Reads a table of all architectures: a header {@code index,arch,...}, then one row each in any
   * order; every other column is an accuracy in percent, except {@code params*} and {@code flops*},
   * which are passed over. An empty value is unknown.
   *
   * @param name for messages
   * @param csvOrGz CSV, plain or compressed; closed
   * @throws InvalidInput where the file is truncated, corrupt or something else
   */
  public static AccuracyTable readCsv(TabularSpace space, String name, InputStream csvOrGz) {
    return new AccuracyCsv(space, Input.of(name, csvOrGz)).stored();
  }

  /**
   * Reads a table that a person has: as {@link #readCsv}, but what is no accuracy by its name is
   * left out, ratios are told from percent, and columns that cannot be accuracies are refused.
   *
   * @param remarks are told what was understood
   */
  public static AccuracyTable importCsv(TabularSpace space, Input input, Remarks remarks) {
    return new AccuracyCsv(space, input).imported(remarks);
  }

  /**
   * A table from another source than CSV.
   *
   * @param ratios {@code [column][index]} of all architectures, NaN where unknown; copied
   */
  public static AccuracyTable of(
      TabularSpace space, String name, List<String> columns, double[][] ratios) {
    double[][] copy = new double[columns.size()][];
    for (int column = 0; column < copy.length; column++) {
      copy[column] = ratios[column].clone();
      if (copy[column].length != space.size()) {
        throw new IllegalArgumentException(
            "%s: %d values expected, %d given"
                .formatted(columns.get(column), space.size(), copy[column].length));
      }
    }
    return new AccuracyTable(space, name, columns, copy);
  }

  public String name() {
    return name;
  }

  public List<String> columns() {
    return columns;
  }

  /** The number of architectures. */
  public int size() {
    return ratios[0].length;
  }

  /** The number of architectures of which at least one accuracy is known. */
  public int measured() {
    int measured = 0;
    for (int index = 0; index < size(); index++) {
      for (double[] column : ratios) {
        if (!Double.isNaN(column[index])) {
          measured++;
          break;
        }
      }
    }
    return measured;
  }

  /** The accuracy as a ratio in [0, 1], if it is known. */
  public OptionalDouble accuracy(Architecture architecture, String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new InvalidInput(
          "%s: no column \"%s\": allowed are %s.%s"
              .formatted(
                  name, column, String.join(", ", columns), DidYouMean.sentence(column, columns)));
    }
    double value = ratios[place][space.index(architecture)];
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * The table as plain CSV in one spelling, sorted by index: what is stored, and what {@link
   * #readCsv} reads.
   */
  public byte[] canonicalCsv() {
    StringBuilder out = new StringBuilder(3_000_000);
    List<String> header = new ArrayList<>(List.of("index", "arch"));
    header.addAll(columns);
    out.append(String.join(",", header)).append('\n');
    for (int index = 0; index < size(); index++) {
      out.append(index).append(',').append(space.ofIndex(index).canonical());
      for (double[] column : ratios) {
        out.append(',');
        if (!Double.isNaN(column[index])) {
          out.append(percent(column[index]));
        }
      }
      out.append('\n');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String percent(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  /** SHA-256 of {@link #canonicalCsv}: equal for equal contents, however they were spelt. */
  public String digest() {
    return Digest.sha256(canonicalCsv());
  }
}
