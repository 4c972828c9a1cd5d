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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

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

  /** Of how many architectures the accuracy of that column is known. */
  public int known(String column) {
    return Math.toIntExact(
        Arrays.stream(ratios[place(column)]).filter(value -> !Double.isNaN(value)).count());
  }

  /**
   * The accuracies of two columns, of the architectures whose validation accuracy is known, in the
   * order of their numbers.
   *
   * @param test null for none
   * @throws InvalidInput if there is no such column
   */
  public ArchitectureTable architectures(
      TabularSpace of, String validation, @Nullable String test) {
    double[] validations = ratios[place(validation)];
    double @Nullable [] tests = test == null ? null : ratios[place(test)];
    SequencedMap<String, ArchitectureTable.Accuracy> rows = new LinkedHashMap<>();
    for (int index = 0; index < size(); index++) {
      if (!Double.isNaN(validations[index])) {
        rows.put(
            of.ofIndex(index).canonical(),
            new ArchitectureTable.Accuracy(
                validations[index],
                tests == null || Double.isNaN(tests[index]) ? null : Double.valueOf(tests[index])));
      }
    }
    return ArchitectureTable.of(rows);
  }

  /** The accuracy as a ratio in [0, 1], if it is known. */
  public OptionalDouble accuracy(Architecture architecture, String column) {
    double value = ratios[place(column)][space.index(architecture)];
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new InvalidInput(
          "%s: no column \"%s\": allowed are %s.%s"
              .formatted(
                  name, column, String.join(", ", columns), DidYouMean.sentence(column, columns)));
    }
    return place;
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
