package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The genes of a cell in a list, or a list for each node. A gene is an operator in quotes and the
 * state that it reads, in either order; the node that it leads to may follow, or a weight, which is
 * left out. Two numbers are a state and an operator as NASLib numbers them.
 */
final class GeneList {
  /** NASLib's own order, which has no {@code none}. */
  private static final List<DartsOperator> NASLIB =
      List.of(
          DartsOperator.MAX_POOL_3X3,
          DartsOperator.AVG_POOL_3X3,
          DartsOperator.SKIP_CONNECT,
          DartsOperator.SEP_CONV_3X3,
          DartsOperator.SEP_CONV_5X5,
          DartsOperator.DIL_CONV_3X3,
          DartsOperator.DIL_CONV_5X5);

  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private final CellType type;

  private GeneList(CellType type) {
    this.type = type;
  }

  static DartsCell cell(CellType type, PythonValue value) {
    return new GeneList(type).cell(value);
  }

  private DartsCell cell(PythonValue value) {
    List<PythonValue> genes = new ArrayList<>();
    collect(value, genes);
    requireEight(value, genes.size());
    List<Placed> placed = new ArrayList<>();
    for (PythonValue gene : genes) {
      placed.add(gene(placed.size() / DartsEdge.PER_NODE, gene));
    }
    if (placed.stream().allMatch(each -> each.target().isPresent())) {
      placed.sort(Comparator.comparing(each -> each.target().orElseThrow()));
    }
    for (int place = 0; place < placed.size(); place++) {
      requirePlace(place / DartsEdge.PER_NODE, placed.get(place));
    }
    return new DartsCell(placed.stream().map(Placed::gene).toList());
  }

  /** A gene, and the state of the node that it leads to, where that is written. */
  private record Placed(Gene gene, Optional<Integer> target, int position) {}

  /** The genes, however deep they lie: a gene is a list that holds no lists. */
  private void collect(PythonValue value, List<PythonValue> genes) {
    List<PythonValue> items =
        value
            .asItems()
            .orElseThrow(() ->
                mistake(value, "expected \"(\" and a gene, an operator in quotes and a state"));
    if (!items.isEmpty() && items.stream().noneMatch(item -> item.asItems().isPresent())) {
      genes.add(value);
    } else {
      items.forEach(item -> collect(item, genes));
    }
  }

  private void requireEight(PythonValue cell, int genes) {
    if (genes == DartsCell.GENES) {
      return;
    }
    int nodes = genes / DartsEdge.PER_NODE;
    String found =
        genes % DartsEdge.PER_NODE == 0 && genes > 0
            ? "%s node%s (%s genes)"
                .formatted(inWords(nodes), nodes == 1 ? "" : "s", inWords(genes))
            : "%s gene%s".formatted(inWords(genes), genes == 1 ? "" : "s");
    throw mistake(
        cell,
        "the %s cell has %s: this space has four (eight genes, two for each node)"
            .formatted(type.label(), found));
  }

  private static String inWords(int number) {
    return number < NUMBERS.size() ? NUMBERS.get(number) : Integer.toString(number);
  }

  private Placed gene(int node, PythonValue gene) {
    List<PythonValue> parts = gene.asItems().orElseThrow();
    List<PythonValue> names = parts.stream().filter(part -> part.asText().isPresent()).toList();
    List<PythonValue> wholes = parts.stream().filter(part -> part.asWhole().isPresent()).toList();
    boolean understood =
        parts.stream().allMatch(part -> part.asText().isPresent() || part.isNumber());
    if (names.isEmpty() && parts.size() == 2 && wholes.size() == 2) {
      return new Placed(
          new Gene(numbered(parts.getLast()), source(node, parts.getFirst())),
          Optional.empty(),
          gene.position());
    }
    if (!understood || names.size() != 1 || wholes.isEmpty() || parts.size() > 3) {
      throw mistake(gene, "expected an operator in quotes and the state that it reads");
    }
    PythonValue name = names.getFirst();
    Optional<Integer> target = wholes.size() > 1 ? wholes.getLast().asWhole() : Optional.empty();
    int to = target.map(state -> state - DartsEdge.INPUTS).orElse(node);
    if (to < 0 || to >= DartsEdge.NODES) {
      throw mistake(
          wholes.getLast(),
          "expected a weight with a point, or the node that the gene leads to, 2 to 5");
    }
    return new Placed(
        new Gene(operator(name), source(to, wholes.getFirst())), target, gene.position());
  }

  private static DartsOperator operator(PythonValue name) {
    try {
      return DartsOperator.parse(name.asText().orElseThrow());
    } catch (InvalidInput e) {
      throw new InvalidInput("at position %d: %s".formatted(name.position(), e.getMessage()), e);
    }
  }

  private DartsOperator numbered(PythonValue number) {
    int index = number.asWhole().orElseThrow();
    if (index < 0 || index >= NASLIB.size()) {
      throw mistake(
          number,
          "expected an operator's number in NASLib's order, 0 (%s) to %d (%s)"
              .formatted(NASLIB.getFirst().label(), NASLIB.size() - 1, NASLIB.getLast().label()));
    }
    return NASLIB.get(index);
  }

  private int source(int node, PythonValue number) {
    int last = DartsEdge.INPUTS + node - 1;
    int source = number.asWhole().orElseThrow();
    if (source < 0 || source > last) {
      throw mistake(
          number,
          "expected a state that node %d can read, 0 to %d, but found %d"
              .formatted(DartsEdge.INPUTS + node, last, source));
    }
    return source;
  }

  private void requirePlace(int node, Placed placed) {
    int wanted = DartsEdge.INPUTS + node;
    if (placed.target().isPresent() && placed.target().get() != wanted) {
      throw new InvalidInput(
          "at position %d a gene of the %s cell leads to node %d where one of node %d should stand: each node has two"
              .formatted(placed.position(), type.label(), placed.target().get(), wanted));
    }
  }

  private static InvalidInput mistake(PythonValue at, String what) {
    return new InvalidInput("at position %d %s".formatted(at.position(), what));
  }
}
