package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonReader;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.python.PythonValue.Call;
import dev.espalier.search.python.PythonValue.Fields;
import dev.espalier.search.python.PythonValue.Items;
import dev.espalier.search.python.PythonValue.Numeral;
import dev.espalier.search.python.PythonValue.Text;
import dev.espalier.search.python.PythonValue.Word;
import dev.espalier.search.space.Surroundings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A coding as programs print it: {@code {'ks': [...], 'e': [...], 'd': [...]}}, also with {@code
 * wid} and {@code r}, as keyword arguments, with one number for all slots, as arrays and tensors,
 * or as a row of a table of latencies.
 *
 * <p>The width ({@code wid}) and the resolution ({@code r}) are settings of the network and of the
 * training, not of the architecture: a width that is not that of the space is refused, and the
 * resolution is left to {@code evaluation.imageSize}.
 */
final class CodingReader {
  private static final List<String> KEYS = List.of("ks", "e", "d", "wid", "r");
  private static final Pattern KEY =
      Pattern.compile("\\s*([\"']?)(ks|e|d|wid|w|r)\\1\\s*[:=]\\s*(?=\\S)");
  private static final Pattern CALLED =
      Pattern.compile("\\A[A-Za-z_][\\w.]*\\s*\\((?=\\s*[{\\[(]|" + KEY.pattern() + ")");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
  private static final String EXPECTED =
      "a coding looks like {'ks': [20 kernels], 'e': [20 expansions], 'd': [5 depths]}";

  private CodingReader() {}

  /** Whether this is meant to be a coding. */
  static boolean reads(String text) {
    String left = text.strip();
    return left.startsWith("{") || CALLED.matcher(left).find() || KEY.matcher(left).lookingAt();
  }

  static ElasticSlots read(String text) {
    Map<String, PythonValue> values =
        KEY.matcher(text.strip()).lookingAt() ? keywords(text.strip()) : whole(text.strip());
    return slots(values);
  }

  /** The three lists of a table's row: digits between hyphens. What follows them is not read. */
  static ElasticSlots ofRow(String text) {
    List<List<Integer>> lists =
        BETWEEN
            .splitAsStream(text.replaceAll("[\"'|]", " ").replaceAll("\\s*-\\s*", "-"))
            .filter(part -> part.contains("-"))
            .map(part -> Stream.of(part.split("-")).map(CodingReader::digit).toList())
            .toList();
    if (lists.size() != 3) {
      throw new InvalidInput(
          "expected three lists with hyphens between their numbers (ks, e, d), but found %d: %s"
              .formatted(lists.size(), EXPECTED));
    }
    return new ElasticSlots(lists.get(0), lists.get(1), lists.get(2));
  }

  private static int digit(String text) {
    if (!text.matches("\\d{1,3}")) {
      throw new InvalidInput("\"%s\" is no number: %s".formatted(text, EXPECTED));
    }
    return Integer.parseInt(text);
  }

  /** One after another, as arguments of a call are written. */
  private static Map<String, PythonValue> keywords(String text) {
    Map<String, PythonValue> values = new LinkedHashMap<>();
    int from = 0;
    while (!Surroundings.endsAt(text, from)) {
      Matcher key = KEY.matcher(text).region(from, text.length());
      if (!key.lookingAt()) {
        throw PythonReader.mistake(text, from, "ks, e, d, wid or r");
      }
      PythonReader.Read read = PythonReader.read(text, key.end());
      values.put(key.group(2), read.value());
      Matcher between = BETWEEN.matcher(text).region(read.end(), text.length());
      from = between.lookingAt() ? between.end() : read.end();
    }
    return values;
  }

  private static Map<String, PythonValue> whole(String text) {
    PythonReader.Read read = PythonReader.read(text, 0);
    if (!Surroundings.endsAt(text, read.end())) {
      throw PythonReader.mistake(text, read.end(), "the end");
    }
    return fields(read.value())
        .orElseThrow(() -> new InvalidInput("this is no coding of a network: " + EXPECTED));
  }

  /** Of a dictionary, or of the only dictionary within it, that has the kernels. */
  private static Optional<Map<String, PythonValue>> fields(PythonValue value) {
    Map<String, PythonValue> fields =
        switch (value) {
          case Fields dictionary -> dictionary.values();
          case Call call when call.values().size() == 1 ->
              Map.of(call.name(), call.values().getFirst());
          case Call call -> call.named();
          case Text _, Numeral _, Word _, Items _ -> Map.of();
        };
    if (fields.keySet().stream().anyMatch(KEYS::contains)) {
      return Optional.of(fields);
    }
    List<Map<String, PythonValue>> within =
        fields.values().stream().flatMap(each -> fields(each).stream()).toList();
    return within.size() == 1 ? Optional.of(within.getFirst()) : Optional.empty();
  }

  private static ElasticSlots slots(Map<String, PythonValue> values) {
    List<String> problems = new ArrayList<>();
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        problems.add(
            "unknown key \"%s\": allowed are %s.%s"
                .formatted(key, String.join(", ", KEYS), DidYouMean.sentence(key, KEYS)));
      }
    }
    PythonValue width = values.get("wid");
    if (width != null && !isOne(width)) {
      problems.add(
          "wid must be None or 1.0: the width is a setting of the network (network.width), the same for all");
    }
    List<Integer> kernels = list(problems, values, "ks", ElasticSlots.SLOTS);
    List<Integer> expansions = list(problems, values, "e", ElasticSlots.SLOTS);
    List<Integer> depths = list(problems, values, "d", STAGES);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new ElasticSlots(kernels, expansions, depths);
  }

  private static boolean isOne(PythonValue width) {
    return switch (width) {
      case Word word -> word.name().equals("None") || word.name().equals("null");
      case Numeral numeral -> Double.parseDouble(numeral.digits()) == 1;
      case Text _, Items _, Call _, Fields _ ->
          width.asItems().filter(items -> items.stream().allMatch(CodingReader::isOne)).isPresent();
    };
  }

  /** A list of numbers, or one number for all. */
  private static List<Integer> list(
      List<String> problems, Map<String, PythonValue> values, String key, int count) {
    PythonValue value = values.get(key);
    if (value == null) {
      problems.add("%s is missing: %s".formatted(key, EXPECTED));
      return List.of();
    }
    Optional<Integer> one = value.asIntegral();
    if (one.isPresent()) {
      return Collections.nCopies(count, one.get());
    }
    List<Integer> numbers = new ArrayList<>();
    for (PythonValue each : value.asItems().orElse(List.of())) {
      Optional<Integer> number = each.asIntegral();
      if (number.isEmpty()) {
        problems.add(
            "at position %d expected a whole number in %s".formatted(each.position(), key));
        return List.of();
      }
      numbers.add(number.get());
    }
    if (numbers.isEmpty()) {
      problems.add(
          "at position %d expected a list of %d numbers for %s"
              .formatted(value.position(), count, key));
    }
    return numbers;
  }
}
