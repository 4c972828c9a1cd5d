package dev.espalier.search.input;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table as programs and spreadsheets write them: a line that names the columns, then a row a
 * line, between commas, semicolons or tabs. Columns without a name are passed over (pandas writes
 * its index as one), so are rows without a value, commas at the end, and lines that begin with #.
 */
public final class Delimited {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  /** How pandas calls a column that had no name when it read it. */
  private static final Pattern NAMELESS = Pattern.compile("|Unnamed: \\d+");

  private final String name;
  private final String text;
  private final char delimiter;
  private final int linesBefore;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> header;

  /** A row by its columns. */
  public final class Row {
    private final int number;
    private final List<String> values;

    private Row(int number, List<String> values) {
      this.number = number;
      this.values = values;
    }

    /** The line it stands on, where no value goes over several. */
    public int number() {
      return number;
    }

    /** A value without the blanks around it; empty where there is none. */
    public String get(String column) {
      Integer place = places.get(column);
      return place == null || place >= values.size() ? "" : values.get(place);
    }

    /**
     * A number as people write it: with a percent sign, or a decimal comma where commas do not part
     * the columns.
     */
    public String number(String column) {
      String value = get(column).replaceFirst("(?<=\\d)\\s*%$", "");
      return delimiter != ',' && value.matches("[-+]?\\d*,\\d+([eE][-+]?\\d+)?")
          ? value.replace(',', '.')
          : value;
    }

    /** What is wrong with it. */
    public InvalidInput problem(String what) {
      return new InvalidInput("%s: row %d: %s".formatted(name, number, what));
    }
  }

  private Delimited(String name, String text, char delimiter, int linesBefore) {
    this.name = name;
    this.text = text;
    this.delimiter = delimiter;
    this.linesBefore = linesBefore;
    this.header = firstRecord(name, text, delimiter).orElse(List.of());
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (int place = 0; place < header.size(); place++) {
      String column = header.get(place);
      if (NAMELESS.matcher(column).matches()) {
        continue;
      }
      places.put(column, place);
      columns.add(column);
      if (!seen.add(column.toLowerCase(Locale.ROOT))) {
        twice.add(column);
      }
    }
    if (!twice.isEmpty()) {
      throw new InvalidInput(
          "%s: two columns are called %s: which one counts cannot be known, take the other out"
              .formatted(name, String.join(" and ", twice)));
    }
  }

  /**
   * A table out of a file.
   *
   * @param needed columns that tell how it is delimited
   * @throws InvalidInput if it is no text, or two columns have one name
   */
  public static Delimited read(Input input, List<String> needed) {
    String text = input.text();
    if (text.startsWith("{") || text.matches("(?s)\\s*\\[\\s*[\\[{].*")) {
      throw new InvalidInput(
          "%s: is JSON, not a table: write it as CSV, with a line that names the columns (%s) and a row a line"
              .formatted(input.name(), String.join(", ", needed)));
    }
    int before = 0;
    String line = firstLine(text);
    while (!line.isEmpty() && isPassedOver(input.name(), line, needed)) {
      text = text.substring(line.length());
      before++;
      line = firstLine(text);
    }
    if (line.startsWith("#")) { // as NumPy writes a header
      text = text.replaceFirst("^[#\\s]+", "");
      line = firstLine(text);
    }
    String first = line;
    char delimiter =
        DELIMITERS.stream()
            .filter(each -> isHeader(input.name(), first, each, needed))
            .findFirst()
            .orElse(',');
    return new Delimited(input.name(), text, delimiter, before);
  }

  /** Empty lines, comments, and Excel's line that names the delimiter. */
  private static boolean isPassedOver(String name, String line, List<String> needed) {
    if (line.startsWith("#")) {
      String rest = line.replaceFirst("^[#\\s]+", "").replace("\"", "");
      return DELIMITERS.stream().noneMatch(each -> isHeader(name, rest, each, needed));
    }
    return line.isBlank() || line.strip().matches("(?i)sep=.");
  }

  /** With its end. */
  private static String firstLine(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    if (text.startsWith("\r\n", end)) {
      return text.substring(0, end + 2);
    }
    return text.substring(0, Math.min(text.length(), end + 1));
  }

  private static boolean isHeader(String name, String line, char delimiter, List<String> needed) {
    List<String> names =
        firstRecord(name, line, delimiter).orElse(List.of()).stream()
            .map(each -> each.toLowerCase(Locale.ROOT))
            .toList();
    return needed.stream().anyMatch(names::contains) && names.size() > 1;
  }

  private static Optional<List<String>> firstRecord(String name, String text, char delimiter) {
    try (CSVParser parser = parser(text, delimiter)) {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext() ? Optional.of(records.next().toList()) : Optional.empty();
    } catch (UncheckedIOException | IOException e) {
      throw new InvalidInput(
          "%s: row 1: a quotation mark that is opened there is not closed".formatted(name), e);
    }
  }

  private static CSVParser parser(String text, char delimiter) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .setCommentMarker('#')
            .get();
    return CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get();
  }

  /** The names of the columns that have one, in their order. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** The first line, for a message: printable, and not too long. */
  public String headerLine() {
    String line = String.join(",", header).replaceAll("\\p{Cntrl}", "?");
    return line.length() > 120 ? line.substring(0, 120) + "..." : line;
  }

  /** The column of that name in whatever case, or of one of the others. */
  public Optional<String> column(String... names) {
    return Stream.of(names)
        .flatMap(wanted -> columns.stream().filter(column -> column.equalsIgnoreCase(wanted)))
        .findFirst();
  }

  /**
   * All rows, one after another.
   *
   * @throws InvalidInput for a row of more or fewer values than there are columns, as {@code rows}
   *     is free to, and for a quotation mark that is never closed
   */
  public void forEach(Consumer<Row> rows) {
    int number = linesBefore + 1;
    try (CSVParser parser = parser(text, delimiter)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (records.hasNext()) {
        records.next(); // the names
      }
      while (records.hasNext()) {
        number++;
        List<String> values = records.next().toList();
        if (values.stream().anyMatch(value -> !value.isEmpty())) {
          rows.accept(new Row(number, values));
        }
      }
    } catch (UncheckedIOException | IOException e) {
      throw new InvalidInput(
          "%s: row %d: a quotation mark that is opened there is not closed, or is followed by something"
              .formatted(name, number + 1),
          e);
    }
  }

  /** Whether a row has a value for each column; what is empty at its end does not count. */
  public void checkWidth(Row row) {
    int found = row.values.size();
    int named = header.size();
    while (named > 0 && NAMELESS.matcher(header.get(named - 1)).matches()) {
      named--;
    }
    while (found > named && row.values.get(found - 1).isEmpty()) {
      found--;
    }
    if (found < named || found > header.size()) {
      throw row.problem(
          "%d values expected, %d found%s"
              .formatted(
                  named,
                  found,
                  found > header.size()
                      ? ": a value with %s in it needs quotation marks around it"
                          .formatted(delimiter == ',' ? "commas" : "semicolons or tabs")
                      : ""));
    }
  }
}
