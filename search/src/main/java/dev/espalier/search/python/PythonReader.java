package dev.espalier.search.python;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonValue.Call;
import dev.espalier.search.python.PythonValue.Fields;
import dev.espalier.search.python.PythonValue.Items;
import dev.espalier.search.python.PythonValue.Numeral;
import dev.espalier.search.python.PythonValue.Text;
import dev.espalier.search.python.PythonValue.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one value out of a text: strings, numbers, lists, tuples, dictionaries and calls such as
 * {@code range(2, 6)}; also JSON. Line breaks and comments may stand between the parts. Nothing is
 * computed.
 */
public final class PythonReader {
  /** Brackets in brackets; deeper ones are nobody's. */
  private static final int DEEPEST = 40;

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
    skip();
    return accept("(") ? call(name, start, depth) : new Word(name, start);
  }

  private List<PythonValue> items(String end, int depth) {
    List<PythonValue> values = new ArrayList<>();
    while (!closes(end)) {
      values.add(value(depth + 1));
      separate(end);
    }
    return List.copyOf(values);
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
    return new Call(name, List.copyOf(values), Map.copyOf(named), start);
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

  /** Blanks, line breaks, also escaped ones, and comments. */
  private void skip() {
    while (position < text.length()) {
      char sign = text.charAt(position);
      if (sign == '#') {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
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
