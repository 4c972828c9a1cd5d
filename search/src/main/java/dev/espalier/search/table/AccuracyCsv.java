package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The CSV layout of an accuracy table, and what can be wrong with it. */
final class AccuracyCsv {
  private static final int CELLS = (int) NasBench201.SPACE.size();
  private static final int GZIP_MAGIC = 0x8b1f;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final String name;
  private int rows;

  AccuracyCsv(String name) {
    this.name = name;
  }

  AccuracyTable read(InputStream csvOrGz) {
    try (Reader reader = new InputStreamReader(unpacked(csvOrGz), StandardCharsets.UTF_8);
        CSVParser csv = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      return table(csv);
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The stream itself, or what gzip packed into it. */
  static InputStream unpacked(InputStream csvOrGz) throws IOException {
    BufferedInputStream in = new BufferedInputStream(csvOrGz);
    in.mark(2);
    int magic = in.read() | in.read() << 8;
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private AccuracyTable table(CSVParser csv) {
    List<String> header = csv.getHeaderNames();
    if (!header.contains("index") || !header.contains("arch")) {
      throw problem(
          "the first line must name the columns index and arch, but is \"%s\""
              .formatted(String.join(",", header)));
    }
    List<String> columns = header.stream().filter(AccuracyCsv::isAccuracy).toList();
    if (columns.isEmpty()) {
      throw problem("there is no column of accuracies, such as cifar10_valid_12ep");
    }
    double[][] ratios = new double[columns.size()][CELLS];
    boolean[] seen = new boolean[CELLS];
    for (CSVRecord row : csv) {
      int index = index(row, seen);
      for (int column = 0; column < columns.size(); column++) {
        ratios[column][index] = ratio(row, columns.get(column));
      }
      rows++;
    }
    if (rows != CELLS) {
      throw problem("truncated: %,d cells expected, %,d found".formatted(CELLS, rows));
    }
    return new AccuracyTable(name, columns, ratios);
  }

  private static boolean isAccuracy(String column) {
    return !column.equals("index")
        && !column.equals("arch")
        && !column.startsWith("params")
        && !column.startsWith("flops");
  }

  private int index(CSVRecord row, boolean[] seen) {
    if (!row.isConsistent()) {
      throw problem(
          row,
          "%d values expected, %d found"
              .formatted(row.getParser().getHeaderNames().size(), row.size()));
    }
    Cell cell = cell(row);
    int index = cell.index();
    if (!row.get("index").equals(Integer.toString(index))) {
      throw problem(
          row, "index %d expected for %s, \"%s\" found".formatted(index, cell, row.get("index")));
    }
    if (seen[index]) {
      throw problem(row, "cell %d stands here a second time".formatted(index));
    }
    seen[index] = true;
    return index;
  }

  private Cell cell(CSVRecord row) {
    try {
      return Cell.parse(row.get("arch"));
    } catch (InvalidInput e) {
      throw problem(row, e.problems().getFirst());
    }
  }

  /** Percent to ratio in decimals: 47.3111 becomes 0.473111 and nothing beside it. */
  private double ratio(CSVRecord row, String column) {
    String text = row.get(column).strip();
    if (text.isEmpty()) {
      return Double.NaN;
    }
    double ratio;
    try {
      ratio = new BigDecimal(text).movePointLeft(2).doubleValue();
    } catch (NumberFormatException e) {
      throw problem(row, "%s: \"%s\" is not a number".formatted(column, text));
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw problem(
          row, "%s must be a percentage between 0 and 100, but was %s".formatted(column, text));
    }
    return ratio;
  }

  private InvalidInput problem(CSVRecord row, String what) {
    return problem("row %d: %s".formatted(row.getRecordNumber() + 1, what));
  }

  private InvalidInput problem(String what) {
    return new InvalidInput(name + ": " + what);
  }

  private InvalidInput unreadable(IOException e) {
    String found = "%,d cells expected, %,d found before it".formatted(CELLS, rows);
    return switch (e) {
      case EOFException end ->
          new InvalidInput(
              "%s: truncated: the compressed file ends early (%s)".formatted(name, found), end);
      case ZipException zip ->
          new InvalidInput("%s: corrupt: %s (%s)".formatted(name, zip.getMessage(), found), zip);
      default ->
          new InvalidInput("%s: cannot be read: %s (%s)".formatted(name, e.getMessage(), found), e);
    };
  }
}
