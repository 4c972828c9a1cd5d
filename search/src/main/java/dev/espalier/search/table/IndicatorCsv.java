package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The CSV layout of a table of indicators, and what can be wrong with it. */
final class IndicatorCsv {
  private static final int SHOWN = 20;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final String name;
  private final SequencedMap<Cell, double[]> values = new LinkedHashMap<>();

  IndicatorCsv(String name) {
    this.name = name;
  }

  IndicatorTable read(InputStream csvOrGz) {
    try (Reader reader =
            new InputStreamReader(AccuracyCsv.unpacked(csvOrGz), StandardCharsets.UTF_8);
        CSVParser csv = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      return table(csv);
    } catch (UncheckedIOException | IOException e) {
      Throwable cause =
          e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
      throw new InvalidInput(
          "%s: cannot be read after %,d cells: %s: get the file again"
              .formatted(name, values.size(), cause.getMessage()),
          e);
    }
  }

  private IndicatorTable table(CSVParser csv) {
    List<String> header = csv.getHeaderNames();
    if (header.size() < 3 || !header.contains("index") || !header.contains("arch")) {
      throw new InvalidInput(
          "%s: the first line must name the columns index, arch and at least one indicator, but is \"%s\""
              .formatted(name, String.join(",", header)));
    }
    List<String> indicators =
        header.stream().filter(each -> !each.equals("index") && !each.equals("arch")).toList();
    List<String> problems = new ArrayList<>();
    for (CSVRecord row : csv) {
      try {
        take(row, indicators);
      } catch (InvalidInput e) {
        problems.add("%s: row %d: %s".formatted(name, row.getRecordNumber() + 1, e.getMessage()));
      }
    }
    if (values.isEmpty() && problems.isEmpty()) {
      problems.add(name + ": there is no row");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.subList(0, Math.min(SHOWN, problems.size())));
    }
    return new IndicatorTable(name, indicators, values);
  }

  private void take(CSVRecord row, List<String> indicators) {
    if (!row.isConsistent()) {
      throw new InvalidInput(
          "%d values expected, %d found: the file may be cut short"
              .formatted(row.getParser().getHeaderNames().size(), row.size()));
    }
    Cell cell = Cell.parse(row.get("arch"));
    if (!row.get("index").equals(Integer.toString(cell.index()))) {
      throw new InvalidInput(
          "index %d expected for %s, \"%s\" found".formatted(cell.index(), cell, row.get("index")));
    }
    double[] numbers =
        indicators.stream().mapToDouble(indicator -> number(row, indicator)).toArray();
    if (values.putIfAbsent(cell, numbers) != null) {
      throw new InvalidInput("cell %d stands here a second time".formatted(cell.index()));
    }
  }

  private static double number(CSVRecord row, String indicator) {
    String text = row.get(indicator).strip();
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidInput("%s: \"%s\" is not a number".formatted(indicator, text), e);
    }
  }
}
