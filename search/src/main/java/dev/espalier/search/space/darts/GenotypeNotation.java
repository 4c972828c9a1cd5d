package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The notation of DARTS's own programs, a Python tuple. */
final class GenotypeNotation {
  private static final String CONCAT = "range(2, 6)";
  private static final String EXAMPLE =
      "Genotype(normal=[('sep_conv_3x3', 0), ...], normal_concat=range(2, 6), reduce=[...], reduce_concat=range(2, 6))";

  private final String text;
  private int position;

  private GenotypeNotation(String text) {
    this.text = text;
  }

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

  static Genotype read(String text) {
    return new GenotypeNotation(text).genotype();
  }

  private Genotype genotype() {
    expect("Genotype");
    expect("(");
    DartsCell normal = cell(CellType.NORMAL);
    expect(",");
    DartsCell reduce = cell(CellType.REDUCTION);
    accept(",");
    expect(")");
    skipBlanks();
    if (position != text.length()) {
      throw mistake("the end");
    }
    return new Genotype(normal, reduce);
  }

  private DartsCell cell(CellType type) {
    expect(type.label());
    expect("=");
    List<Gene> genes = genes();
    expect(",");
    expect(type.label() + "_concat");
    expect("=");
    concat();
    return new DartsCell(genes);
  }

  private List<Gene> genes() {
    expect("[");
    List<Gene> genes = new ArrayList<>(DartsCell.GENES);
    for (int place = 0; place < DartsCell.GENES; place++) {
      if (place > 0) {
        expect(",");
      }
      genes.add(gene(place / DartsEdge.PER_NODE));
    }
    accept(",");
    expect("]");
    return genes;
  }

  private Gene gene(int node) {
    boolean round = accept("(");
    if (!round) {
      expect("[", "\"(\" and a gene, eight for a cell");
    }
    DartsOperator operator = operator();
    expect(",");
    skipBlanks();
    int last = DartsEdge.INPUTS + node - 1;
    int source = position < text.length() ? text.charAt(position) - '0' : -1;
    if (source < 0 || source > last || followsDigit()) {
      throw mistake(
          "a state that node %d can read, 0 to %d".formatted(DartsEdge.INPUTS + node, last));
    }
    position++;
    expect(round ? ")" : "]");
    return new Gene(operator, source);
  }

  private boolean followsDigit() {
    return position + 1 < text.length() && Character.isDigit(text.charAt(position + 1));
  }

  private DartsOperator operator() {
    String quote = accept("'") ? "'" : "\"";
    if (quote.equals("\"")) {
      expect("\"", "an operator in quotes");
    }
    int start = position;
    int end = text.indexOf(quote, start);
    if (end < 0) {
      throw mistake("an operator and " + quote);
    }
    position = end + 1;
    try {
      return DartsOperator.parse(text.substring(start, end));
    } catch (InvalidInput e) {
      throw new InvalidInput("at position %d: %s".formatted(start + 1, e.getMessage()), e);
    }
  }

  /** The four nodes; other programs concatenate other ones, which this space does not. */
  private void concat() {
    if (accept("range")) {
      for (String token : List.of("(", "2", ",", "6", ")")) {
        expect(token, "range(2, 6), the four nodes");
      }
      return;
    }
    boolean round = accept("(");
    if (!round) {
      expect("[", "range(2, 6), the four nodes");
    }
    for (String token : List.of("2", ",", "3", ",", "4", ",", "5")) {
      expect(token, "range(2, 6), the four nodes");
    }
    expect(round ? ")" : "]", "range(2, 6), the four nodes");
  }

  private boolean accept(String token) {
    skipBlanks();
    if (!text.startsWith(token, position)) {
      return false;
    }
    position += token.length();
    return true;
  }

  private void expect(String token) {
    expect(token, "\"" + token + "\"");
  }

  private void expect(String token, String inWords) {
    if (!accept(token)) {
      throw mistake(inWords);
    }
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private InvalidInput mistake(String expected) {
    String found =
        position < text.length()
            ? "\"" + text.substring(position, Math.min(position + 12, text.length())) + "\""
            : "the end";
    return new InvalidInput(
        "not a genotype: at position %d expected %s, but found %s. A genotype looks like %s"
            .formatted(position + 1, expected, found, EXAMPLE));
  }
}
