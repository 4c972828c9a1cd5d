package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonReader;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell in the spellings of public programs: the string, the official hash, and a matrix with its
 * operations, as lists, as a dictionary, as {@code ModelSpec(...)}, or with rows of digits.
 */
final class GraphCellReader {
  private static final Pattern HASH =
      Pattern.compile("(?:hash\\W+)?([0-9a-f]{32})", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROWS = Pattern.compile("[01]+(?:/[01]+)+\\b.*", Pattern.DOTALL);
  private static final Pattern BLANKS = Pattern.compile("\\s*([-@+])\\s*");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

  private GraphCellReader() {}

  /**
   * The cell of this text.
   *
   * @throws InvalidInput with the place of the mistake, or with the notation that it is instead
   */
  static GraphCell read(String text) {
    try {
      return cell(Surroundings.removed(Surroundings.plain(text)));
    } catch (InvalidInput e) {
      throw ForeignNotation.instead(
          text, "a NAS-Bench-101 cell", List.of(ForeignNotation.MODULE), e);
    }
  }

  private static GraphCell cell(String text) {
    Matcher hash = HASH.matcher(text);
    if (hash.matches()) {
      return GraphCell.ofHash(hash.group(1));
    }
    if (ROWS.matcher(text).matches()) {
      return ofRows(text);
    }
    if (text.startsWith("[")
        || text.startsWith("(")
        || text.startsWith("{")
        || text.startsWith("dict(")
        || text.startsWith("OrderedDict(")
        || text.contains("ModelSpec")) {
      return MatrixSpelling.cell(values(text.substring(Math.max(0, text.indexOf("ModelSpec")))));
    }
    return GraphCellNotation.read(BLANKS.matcher(text).replaceAll("$1"));
  }

  /** One value, or a matrix and operations with a comma between. */
  private static List<PythonValue> values(String text) {
    List<PythonValue> values = new ArrayList<>();
    int from = 0;
    while (values.size() < 2 && !Surroundings.endsAt(text, from)) {
      PythonReader.Read read = PythonReader.read(text, from);
      values.add(read.value());
      from = behind(text, read.end());
    }
    if (!Surroundings.endsAt(text, from)) {
      throw PythonReader.mistake(text, from, "the end");
    }
    return values;
  }

  /** Behind the blanks and the comma that begin here. */
  private static int behind(String text, int from) {
    Matcher between = BETWEEN.matcher(text).region(from, text.length());
    return between.lookingAt() ? between.end() : from;
  }

  /** Rows of digits between slashes, then operations between blanks or commas. */
  private static GraphCell ofRows(String text) {
    List<String> parts = BETWEEN.splitAsStream(text).filter(part -> !part.isEmpty()).toList();
    return MatrixSpelling.ofRows(
        List.of(parts.getFirst().split("/", -1)), parts.subList(1, parts.size()));
  }
}
