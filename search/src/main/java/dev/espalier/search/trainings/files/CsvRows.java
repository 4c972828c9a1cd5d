package dev.espalier.search.trainings.files;

import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Input;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The rows of a table between commas, semicolons or tabs. */
final class CsvRows implements FlatSource {
  private final String name;
  private final Delimited csv;
  private final Map<String, String> columns = new HashMap<>();

  CsvRows(Input input) {
    this.name = input.name();
    this.csv =
        Delimited.read(
            input,
            Stream.of(FlatNames.ARCHITECTURE, FlatNames.HASH, FlatNames.MATRIX)
                .flatMap(List::stream)
                .toList());
    csv.columns().forEach(column -> columns.put(column.toLowerCase(Locale.ROOT), column));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> names() {
    return new LinkedHashSet<>(csv.columns());
  }

  @Override
  public void forEach(Consumer<FlatRow> rows) {
    csv.forEach(row -> {
      csv.checkWidth(row);
      rows.accept(
          new FlatRow(
              "row %,d".formatted(row.number()),
              wanted -> {
                String column = columns.get(wanted);
                return column == null ? "" : row.number(column);
              }));
    });
  }
}
