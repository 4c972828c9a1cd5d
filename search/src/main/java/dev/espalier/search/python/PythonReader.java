package dev.espalier.search.python;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonValue.Call;
import dev.espalier.search.python.PythonValue.Fields;
import dev.espalier.search.python.PythonValue.Items;
import dev.espalier.search.python.PythonValue.Numeral;
import dev.espalier.search.python.PythonValue.Text;
import dev.espalier.search.python.PythonValue.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads one value out of a text: strings, numbers, lists, tuples, dictionaries and calls such as
 * {@code range(2, 6)}; also JSON, also with comments, and arrays as NumPy prints them, without
 * commas. Line breaks and comments may stand between the parts. Nothing is computed but lists that
 * are repeated or joined: {@code [7] * 20}, {@code [3] * 4 + [5] * 16}.
 */
public final class PythonReader {
  /** Brackets in brackets; deeper ones are nobody's. */
  private static final int DEEPEST = 40;

  /** Values of a list that is repeated or joined. */
  private static final int LONGEST = 1_000;

  /** Calls that are dictionaries. */
  private static final Set<String> DICTIONARIES =
      Set.of("dict", "OrderedDict", "collections.OrderedDict");

  private static final Pattern NUMERAL =
      Pattern.compile("[+-]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*");

  /** What cannot be written down: {@code <AddBackward0 object>}. */
  private static final Pattern OBJECT = Pattern.compile("<[^<>\\n]*>");

  private static final Pattern PREFIX = Pattern.compile("[uUbBrR]{1,2}(?=['\"])");

  private final String text;
  private int position;

  private PythonReader(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** A value and where it ends. */
  public record Read(PythonValue value, int end) {}

  /**
   * The value that begins here.
   *
   * @param from the first character of it, or a blank before it
   * @throws InvalidInput with the position, from 1, of what cannot be read, and what could stand
   *     there
   */
  public static Read read(String text, int from) {
    PythonReader reader = new PythonReader(text, from);
    PythonValue value = reader.value(0);
    return new Read(value, reader.position);
  }

  /** What is wrong at a position, from 0. */
  public static InvalidInput mistake(String text, int position, String expected) {
    String found =
        position < text.length()
            ? "\"" + text.substring(position, Math.min(position + 12, text.length())) + "\""
            : "the end";
    return new InvalidInput(
        "at position %d expected %s, but found %s"
            .formatted(position + 1, expected, found.replaceAll("\\p{Cntrl}", " ")));
  }

  private PythonValue value(int depth) {
    PythonValue value = operand(depth);
    while (value instanceof Items items) {
      int end = position;
      skip();
      if (accept("*")) {
        value = repeated(items, operand(depth));
      } else if (accept("+")) {
        value = joined(items, operand(depth));
      } else {
        position = end;
        break;
      }
    }
    return value;
  }

  private Items repeated(Items items, PythonValue factor) {
    int times =
        factor
            .asWhole()
            .filter(number -> number >= 0 && number <= LONGEST)
            .orElseThrow(() -> mistake(text, factor.position() - 1, "how often the list is meant"));
    return ofLength(
        items, Collections.nCopies(times, items.values()).stream().flatMap(List::stream));
  }

  private Items joined(Items items, PythonValue others) {
    int end = position;
    PythonValue more = others;
    if (others instanceof Items list) {
      skip();
      if (accept("*")) { // binds tighter
        more = repeated(list, operand(0));
      } else {
        position = end;
      }
    }
    List<PythonValue> behind =
        more.asItems().orElseThrow(() -> mistake(text, others.position() - 1, "a list"));
    return ofLength(items, Stream.concat(items.values().stream(), behind.stream()));
  }

  private Items ofLength(Items items, Stream<PythonValue> values) {
    List<PythonValue> all = values.limit(LONGEST + 1L).toList();
    if (all.size() > LONGEST) {
      throw mistake(text, items.position() - 1, "a list of %d values at most".formatted(LONGEST));
    }
    return new Items(all, items.position());
  }

  private PythonValue operand(int depth) {
    if (depth > DEEPEST) {
      throw mistake("fewer brackets in brackets");
    }
    skip();
    int start = position + 1;
    if (accept("[")) {
      return new Items(items("]", depth), start);
    }
    if (accept("(")) {
      return new Items(items(")", depth), start);
    }
    if (accept("{")) {
      return braces(start, depth);
    }
    match(PREFIX);
    if (startsWith("'") || startsWith("\"")) {
      return new Text(quoted(), start);
    }
    String numeral = match(NUMERAL);
    if (!numeral.isEmpty()) {
      return new Numeral(numeral.replace("_", ""), start);
    }
    String object = match(OBJECT);
    if (!object.isEmpty()) {
      return new Word(object, start);
    }
    String name = match(NAME);
    if (name.isEmpty()) {
      throw mistake("a list, a string in quotes or a number");
    }
    int end = position;
    skip();
    if (accept("(")) {
      return call(name, start, depth);
    }
    position = end;
    return new Word(name, start);
  }

  private List<PythonValue> items(String end, int depth) {
    List<PythonValue> values = new ArrayList<>();
    while (!closes(end)) {
      values.add(value(depth + 1));
      if (!end.equals("]") || !follows(values.getLast())) {
        separate(end);
      }
    }
    return List.copyOf(values);
  }

  /** Whether behind a blank another value of this kind begins, as NumPy prints its arrays. */
  private boolean follows(PythonValue value) {
    int end = position;
    skip();
    if (position == end || position == text.length()) {
      return false;
    }
    char sign = text.charAt(position);
    return switch (value) {
      case Items _ -> sign == '[';
      case Text _ -> sign == '\'' || sign == '"';
      case Numeral _ -> Character.isDigit(sign) || "-+.".indexOf(sign) >= 0;
      case Word _ -> Character.isLetter(sign);
      case Call _, Fields _ -> false;
    };
  }

  /** A dictionary; braces without colons are a set. */
  private PythonValue braces(int start, int depth) {
    Map<String, PythonValue> fields = new LinkedHashMap<>();
    List<PythonValue> values = new ArrayList<>();
    while (!closes("}")) {
      PythonValue key = value(depth + 1);
      skip();
      if (accept(":")) {
        put(fields, key.asText().orElse("at " + key.position()), key, value(depth + 1));
      } else {
        values.add(key);
      }
      separate("}");
    }
    return fields.isEmpty()
        ? new Items(List.copyOf(values), start)
        : new Fields(Map.copyOf(fields), start);
  }

  private PythonValue call(String name, int start, int depth) {
    List<PythonValue> values = new ArrayList<>();
    Map<String, PythonValue> named = new LinkedHashMap<>();
    while (!closes(")")) {
      PythonValue value = value(depth + 1);
      skip();
      if (value instanceof Word word && accept("=")) {
        put(named, word.name(), word, value(depth + 1));
      } else {
        values.add(value);
      }
      separate(")");
    }
    if (DICTIONARIES.contains(name)) {
      values.forEach(value -> putAll(named, value));
      return new Fields(Map.copyOf(named), start);
    }
    return new Call(name, List.copyOf(values), Map.copyOf(named), start);
  }

  /** The fields of another dictionary, or of pairs of a name and a value. */
  private static void putAll(Map<String, PythonValue> fields, PythonValue value) {
    if (value instanceof Fields others) {
      others.values().forEach((name, each) -> put(fields, name, each, each));
      return;
    }
    for (PythonValue each : value.asItems().orElse(List.of())) {
      List<PythonValue> pair = each.asItems().orElse(List.of());
      if (pair.size() != 2 || pair.getFirst().asText().isEmpty()) {
        throw new InvalidInput(
            "at position %d expected a pair of a name and a value".formatted(each.position()));
      }
      put(fields, pair.getFirst().asText().orElseThrow(), pair.getFirst(), pair.getLast());
    }
  }

  private static void put(
      Map<String, PythonValue> fields, String name, PythonValue key, PythonValue value) {
    if (fields.put(name, value) != null) {
      throw new InvalidInput(
          "at position %d %s is given a second time".formatted(key.position(), name));
    }
  }

  private boolean closes(String end) {
    skip();
    return accept(end);
  }

  private void separate(String end) {
    skip();
    if (!startsWith(end) && !accept(",")) {
      throw mistake("\",\" or \"%s\"".formatted(end));
    }
  }

  private String quoted() {
    char quote = text.charAt(position);
    int start = ++position;
    int end = text.indexOf(quote, start);
    if (end < 0) {
      throw mistake("an operator and " + quote);
    }
    position = end + 1;
    return text.substring(start, end);
  }

  private String match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      return "";
    }
    position = matcher.end();
    return matcher.group();
  }

  private boolean startsWith(String token) {
    return text.startsWith(token, position);
  }

  private boolean accept(String token) {
    if (!startsWith(token)) {
      return false;
    }
    position += token.length();
    return true;
  }

  /** Blanks, line breaks, also escaped ones, and comments, also those of JSON. */
  private void skip() {
    while (position < text.length()) {
      char sign = text.charAt(position);
      if (sign == '#' || startsWith("//")) {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (startsWith("/*")) {
        int end = text.indexOf("*/", position + 2);
        position = end < 0 ? text.length() : end + 2;
      } else if (Character.isWhitespace(sign) || Character.isSpaceChar(sign)) {
        position++;
      } else if (sign == '\\'
          && (text.startsWith("\\\n", position) || text.startsWith("\\n", position))) {
        position += 2;
      } else {
        return;
      }
    }
  }

  private InvalidInput mistake(String expected) {
    return mistake(text, position, expected);
  }
}
