package dev.espalier.search.table;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measured accuracies of some architectures of any space, by canonical string, in the file's order:
 * for searches that look evaluations up instead of training.
 */
public final class ArchitectureTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();
  private static final String ARCHITECTURE = "architecture";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";
  private static final int SHOWN = 20;

  private final SequencedMap<String, Accuracy> rows;

  /** Ratios; {@code test} is null where the file has none. */
  public record Accuracy(double validation, @Nullable Double test) {}

  private ArchitectureTable(SequencedMap<String, Accuracy> rows) {
    this.rows = rows;
  }

  /**
   * Reads a CSV with the columns {@code architecture}, {@code validation} and, if known, {@code
   * test}, accuracies as ratios.
   *
   * @throws InvalidInput with all problems, by row
   */
  public static ArchitectureTable readCsv(String name, InputStream csv) {
    SequencedMap<String, Accuracy> rows = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    try (Reader reader = new InputStreamReader(csv, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      List<String> header = parser.getHeaderNames();
      if (!header.contains(ARCHITECTURE) || !header.contains(VALIDATION)) {
        throw new InvalidInput(
            "%s: the first line must name the columns architecture and validation (and test, if known), but is \"%s\""
                .formatted(name, String.join(",", header)));
      }
      for (CSVRecord row : parser) {
        try {
          String architecture = row.get(ARCHITECTURE);
          Accuracy accuracy =
              new Accuracy(
                  ratio(row, VALIDATION),
                  header.contains(TEST) && !row.get(TEST).isEmpty() ? ratio(row, TEST) : null);
          if (architecture.isEmpty() || rows.putIfAbsent(architecture, accuracy) != null) {
            throw new InvalidInput(
                "architecture \"%s\" is empty or stands here a second time"
                    .formatted(architecture));
          }
        } catch (InvalidInput | IllegalArgumentException e) {
          problems.add("%s: row %d: %s".formatted(name, row.getRecordNumber() + 1, e.getMessage()));
        }
      }
    } catch (IOException e) {
      throw new InvalidInput("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
    }
    if (problems.isEmpty() && rows.isEmpty()) {
      problems.add(name + ": there is no row");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.size() > SHOWN ? problems.subList(0, SHOWN) : problems);
    }
    return new ArchitectureTable(rows);
  }

  private static double ratio(CSVRecord row, String column) {
    String text = row.get(column);
    double ratio;
    try {
      ratio = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidInput("%s: \"%s\" is not a number".formatted(column, text), e);
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new InvalidInput(
          "%s must be a ratio between 0 and 1, but was %s".formatted(column, text));
    }
    return ratio;
  }

  /** The accuracies of this canonical string. */
  public Optional<Accuracy> accuracy(String architecture) {
    return Optional.ofNullable(rows.get(architecture));
  }

  /** Canonical strings in the file's order. */
  public List<String> architectures() {
    return List.copyOf(rows.keySet());
  }

  public int size() {
    return rows.size();
  }

  /** The table in one spelling, whatever the file's was. */
  public byte[] canonicalCsv() {
    StringBuilder csv = new StringBuilder("architecture,validation,test\n");
    rows.forEach((architecture, accuracy) ->
        csv.append(architecture)
            .append(',')
            .append(accuracy.validation())
            .append(',')
            .append(accuracy.test() == null ? "" : accuracy.test())
            .append('\n'));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** SHA-256 of the canonical CSV. */
  public String digest() {
    return Digest.sha256(canonicalCsv());
  }
}
