package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonReader;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.python.PythonValue.Call;
import dev.espalier.search.python.PythonValue.Fields;
import dev.espalier.search.python.PythonValue.Items;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notation of DARTS's own programs, a Python tuple with names, and how other programs spell it:
 * fields in another order or without names, genes node by node, with weights, a dictionary,
 * NASLib's tuples of numbers. What stands before {@code Genotype(} is left out.
 */
final class GenotypeNotation {
  private static final String CONCAT = "range(2, 6)";
  private static final String EXAMPLE =
      "Genotype(normal=[('sep_conv_3x3', 0), ...], normal_concat=range(2, 6), reduce=[...], reduce_concat=range(2, 6))";
  private static final Pattern BEGINNING = Pattern.compile("\\bGenotype\\s*\\(");
  private static final Pattern BRACKET =
      Pattern.compile("[({\\[]|(?:dict|(?:collections\\.)?OrderedDict)\\s*\\(");
  private static final List<String> FIELDS =
      List.of("normal", "normal_concat", "reduce", "reduce_concat");

  private GenotypeNotation() {}

  static String write(Genotype genotype) {
    return "Genotype(%s, %s)"
        .formatted(
            write(CellType.NORMAL, genotype.normal()),
            write(CellType.REDUCTION, genotype.reduce()));
  }

  private static String write(CellType type, DartsCell cell) {
    String genes =
        cell.genes().stream()
            .map(gene -> "('%s', %d)".formatted(gene.operator().label(), gene.source()))
            .collect(Collectors.joining(", "));
    return "%s=[%s], %s_concat=%s".formatted(type.label(), genes, type.label(), CONCAT);
  }

  static Genotype read(String pasted) {
    String text = Surroundings.plain(pasted);
    PythonValue value;
    try {
      value = value(text);
    } catch (InvalidInput e) {
      throw instead(
          text,
          "not a genotype: %s. A genotype looks like %s".formatted(e.getMessage(), EXAMPLE),
          e);
    }
    try {
      return genotype(value);
    } catch (InvalidInput e) {
      throw instead(text, "not a genotype of this space: " + e.getMessage(), e);
    }
  }

  private static InvalidInput instead(String text, String message, InvalidInput cause) {
    return ForeignNotation.instead(
        text,
        "a genotype of this space",
        List.of(ForeignNotation.GENOTYPE),
        new InvalidInput(message, cause));
  }

  private static PythonValue value(String text) {
    Matcher beginning = BEGINNING.matcher(text);
    if (beginning.find()) {
      int start = beginning.start();
      if (beginning.find()) {
        throw new InvalidInput(
            "at position %d a second one begins: give one".formatted(beginning.start() + 1));
      }
      return whole(text, start);
    }
    String left = Surroundings.removed(text);
    if (!BRACKET.matcher(left).lookingAt()) {
      throw PythonReader.mistake(text, 0, "\"Genotype\"");
    }
    return whole(left, 0);
  }

  private static PythonValue whole(String text, int start) {
    PythonReader.Read read = PythonReader.read(text, start);
    if (!Surroundings.endsAt(text, read.end())) {
      int behind = read.end();
      while (Character.isWhitespace(text.charAt(behind))) {
        behind++;
      }
      throw PythonReader.mistake(text, behind, "the end");
    }
    return read.value();
  }

  private static Genotype genotype(PythonValue value) {
    return switch (value) {
      case Call call -> ofFields(named(call));
      case Fields fields -> ofFields(fields.values());
      case Items items -> ofNumbers(items.values());
      case PythonValue.Text _, PythonValue.Numeral _, PythonValue.Word _ ->
          throw new IllegalStateException("a genotype begins with a bracket or with its name");
    };
  }

  /** Values without a name stand in the order of the published fields. */
  private static Map<String, PythonValue> named(Call call) {
    Map<String, PythonValue> fields = new LinkedHashMap<>(call.named());
    for (int place = 0; place < call.values().size(); place++) {
      if (place == FIELDS.size()
          || fields.put(FIELDS.get(place), call.values().get(place)) != null) {
        throw new InvalidInput(
            "at position %d stands a value too many: a genotype has %s"
                .formatted(call.values().get(place).position(), String.join(", ", FIELDS)));
      }
    }
    return fields;
  }

  private static Genotype ofFields(Map<String, PythonValue> fields) {
    Set<String> unknown = new TreeSet<>(fields.keySet());
    FIELDS.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new InvalidInput(
          "it has %s, which no genotype of this space has, but %s"
              .formatted(String.join(", ", unknown), String.join(", ", FIELDS)));
    }
    return new Genotype(cell(CellType.NORMAL, fields), cell(CellType.REDUCTION, fields));
  }

  private static DartsCell cell(CellType type, Map<String, PythonValue> fields) {
    PythonValue genes = fields.get(type.label());
    if (genes == null) {
      throw new InvalidInput("it has no %s cell".formatted(type.label()));
    }
    DartsCell cell = GeneList.cell(type, genes);
    concat(type, fields.get(type.label() + "_concat"));
    return cell;
  }

  /** The four nodes; other programs concatenate other ones, which this space does not. */
  private static void concat(CellType type, @Nullable PythonValue value) {
    if (value == null) {
      return;
    }
    List<Integer> states = value.asWholes().orElse(List.of());
    if (!List.of(2, 3, 4, 5).equals(states.stream().sorted().toList())) {
      throw new InvalidInput(
          ("at position %d %s_concat must be range(2, 6), the four nodes, as every cell of this space has them at "
                  + "its output%s")
              .formatted(
                  value.position(), type.label(), states.isEmpty() ? "" : ", but was " + states));
    }
  }

  /** A normal and a reduction cell without names, as NASLib has them. */
  private static Genotype ofNumbers(List<PythonValue> cells) {
    if (cells.size() != CellType.ALL.size()) {
      throw new InvalidInput(
          "a list of %d where a normal and a reduction cell should stand".formatted(cells.size()));
    }
    return new Genotype(
        GeneList.cell(CellType.NORMAL, cells.getFirst()),
        GeneList.cell(CellType.REDUCTION, cells.getLast()));
  }
}
