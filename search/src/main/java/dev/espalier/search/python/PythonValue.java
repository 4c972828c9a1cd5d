package dev.espalier.search.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A value, and where it begins in its text, from 1. */
public sealed interface PythonValue {
  int position();

  /** A string. */
  record Text(String text, int position) implements PythonValue {}

  /** A number as it is written. */
  record Numeral(String digits, int position) implements PythonValue {
    /** The whole number that it is; none if it has a point or an exponent, or is very large. */
    Optional<Integer> whole() {
      return digits.matches("[+-]?\\d{1,9}")
          ? Optional.of(Integer.parseInt(digits))
          : Optional.empty();
    }
  }

  /** A name that stands for something, such as {@code None}. */
  record Word(String name, int position) implements PythonValue {}

  /** A list, a tuple or a set. */
  record Items(List<PythonValue> values, int position) implements PythonValue {}

  /** A call of a function with values in their order, and with values by name. */
  record Call(String name, List<PythonValue> values, Map<String, PythonValue> named, int position)
      implements PythonValue {}

  /** A dictionary with strings as keys. */
  record Fields(Map<String, PythonValue> values, int position) implements PythonValue {}

  /** The string that it is; a name is one whose quotes were lost in a shell. */
  default Optional<String> asText() {
    return switch (this) {
      case Text text -> Optional.of(text.text());
      case Word word -> Optional.of(word.name());
      case Numeral _, Items _, Call _, Fields _ -> Optional.empty();
    };
  }

  /** The whole number that it is, also as the libraries print their own: {@code np.int64(3)}. */
  default Optional<Integer> asWhole() {
    return switch (this) {
      case Numeral numeral -> numeral.whole();
      case Call call when wrapsOne(call) -> call.values().getFirst().asWhole();
      case Text _, Word _, Items _, Call _, Fields _ -> Optional.empty();
    };
  }

  /** The whole number that it is, also written {@code 6.0}, {@code tensor(3.)} or {@code True}. */
  default Optional<Integer> asIntegral() {
    return switch (this) {
      case Numeral numeral when numeral.digits().matches("[+-]?\\d{1,9}\\.0*") ->
          Optional.of((int) Double.parseDouble(numeral.digits()));
      case Word word when word.name().matches("(?:np\\.|numpy\\.)?[Tt]rue_?") -> Optional.of(1);
      case Word word when word.name().matches("(?:np\\.|numpy\\.)?[Ff]alse_?") -> Optional.of(0);
      case Call call when wrapsOne(call) -> call.values().getFirst().asIntegral();
      case Numeral _, Text _, Word _, Items _, Call _, Fields _ -> asWhole();
    };
  }

  /** Whether it is a number, whole or not. */
  default boolean isNumber() {
    return switch (this) {
      case Numeral _ -> true;
      case Word word -> word.name().equals("nan") || word.name().equals("inf");
      case Call call -> wrapsOne(call) && call.values().getFirst().isNumber();
      case Text _, Items _, Fields _ -> false;
    };
  }

  /** The values of a list, a tuple, or what a library prints around one. */
  default Optional<List<PythonValue>> asItems() {
    return switch (this) {
      case Items items -> Optional.of(items.values());
      case Call call when wrapsOne(call) -> call.values().getFirst().asItems();
      case Text _, Numeral _, Word _, Call _, Fields _ -> Optional.empty();
    };
  }

  /** The whole numbers of a list of them or of a {@code range}. */
  default Optional<List<Integer>> asWholes() {
    if (this instanceof Call call && call.name().equals("range")) {
      List<Integer> ends = call.values().stream().flatMap(end -> end.asWhole().stream()).toList();
      if (ends.isEmpty() || ends.size() != call.values().size() || ends.size() > 3) {
        return Optional.empty();
      }
      int from = ends.size() == 1 ? 0 : ends.getFirst();
      int to = Math.min(ends.size() == 1 ? ends.getFirst() : ends.get(1), from + 1_000);
      int step = ends.size() == 3 ? ends.get(2) : 1;
      return step < 1
          ? Optional.empty()
          : Optional.of(
              IntStream.range(from, to).filter(i -> (i - from) % step == 0).boxed().toList());
    }
    if (this instanceof Call call && wrapsOne(call)) {
      return call.values().getFirst().asWholes();
    }
    return asItems()
        .map(items -> items.stream().map(PythonValue::asWhole).toList())
        .filter(wholes -> wholes.stream().allMatch(Optional::isPresent))
        .map(wholes -> wholes.stream().flatMap(Optional::stream).toList());
  }

  private static boolean wrapsOne(Call call) {
    return call.values().size() == 1 && !call.name().equals("range");
  }
}
