package dev.espalier.search.space.nasbench201;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cells that are written as lists: AutoDL's, a list for each node of pairs of an operator and the
 * node that it comes from; six operators by name, edge after edge as in the string; and NASLib's
 * six numbers, whose operators and edges stand in an order of their own.
 */
final class CellLists {
  /** NASLib's Identity, Zero, ReLUConvBN3x3, ReLUConvBN1x1, AvgPool1x1. */
  private static final List<Operator> NASLIB =
      List.of(
          Operator.SKIP_CONNECT,
          Operator.NONE,
          Operator.NOR_CONV_3X3,
          Operator.NOR_CONV_1X1,
          Operator.AVG_POOL_3X3);

  /** NASLib's edges: all that leave the input come first. */
  private static final List<Edge> NASLIB_EDGES =
      List.of(
          new Edge(1, 0),
          new Edge(2, 0),
          new Edge(3, 0),
          new Edge(2, 1),
          new Edge(3, 1),
          new Edge(3, 2));

  private CellLists() {}

  static Cell cell(PythonValue value) {
    List<PythonValue> items = value.asItems().orElse(List.of());
    int edges = Edge.ALL.size();
    if (items.size() == edges && items.stream().allMatch(item -> item.asWhole().isPresent())) {
      return ofNumbers(items);
    }
    if (items.size() == edges && items.stream().allMatch(item -> item.asText().isPresent())) {
      return new Cell(items.stream().map(CellLists::operator).toList());
    }
    if (!items.isEmpty() && items.stream().allMatch(item -> item.asItems().isPresent())) {
      return ofNodes(items);
    }
    throw new InvalidInput(
        "not a NAS-Bench-201 cell: a list must have a list of pairs ('operator', source) for each of the nodes 1 to 3,"
            + " six operators in quotes, or NASLib's six numbers 0 to 4. As a string a cell looks like "
            + CellNotation.EXAMPLE);
  }

  private static Cell ofNumbers(List<PythonValue> numbers) {
    Operator[] operators = new Operator[Edge.ALL.size()];
    for (int place = 0; place < operators.length; place++) {
      PythonValue number = numbers.get(place);
      int index = number.asWhole().orElseThrow();
      if (index < 0 || index >= NASLIB.size()) {
        throw new InvalidInput(
            "at position %d expected an operator's number in NASLib's order, 0 to %d, but found %d"
                .formatted(number.position(), NASLIB.size() - 1, index));
      }
      operators[NASLIB_EDGES.get(place).index()] = NASLIB.get(index);
    }
    return new Cell(List.of(operators));
  }

  private static Cell ofNodes(List<PythonValue> nodes) {
    if (nodes.size() != Edge.NODES - 1) {
      throw new InvalidInput(
          "a cell of %d nodes: the cells of NAS-Bench-201 have %d, of which the first is the input"
              .formatted(nodes.size() + 1, Edge.NODES));
    }
    Operator[] operators = new Operator[Edge.ALL.size()];
    for (int target = 1; target < Edge.NODES; target++) {
      List<PythonValue> pairs = new ArrayList<>(nodes.get(target - 1).asItems().orElseThrow());
      if (pairs.size() == 2 && pairs.getFirst().asText().isPresent()) {
        pairs = List.of(nodes.get(target - 1)); // one pair without a list around it
      }
      for (PythonValue pair : pairs) {
        put(operators, target, pair);
      }
    }
    for (Edge edge : Edge.ALL) {
      if (Arrays.asList(operators).get(edge.index()) == null) {
        throw new InvalidInput(
            "no operator is given from node %d to node %d".formatted(edge.source(), edge.target()));
      }
    }
    return new Cell(List.of(operators));
  }

  private static void put(Operator[] operators, int target, PythonValue pair) {
    List<PythonValue> parts = pair.asItems().orElse(List.of());
    Optional<Integer> source = parts.size() > 1 ? parts.get(1).asWhole() : Optional.empty();
    if (parts.size() < 2 || parts.getFirst().asText().isEmpty() || source.isEmpty()) {
      throw new InvalidInput(
          "at position %d expected a pair ('operator', source)".formatted(pair.position()));
    }
    int from = source.get();
    if (from < 0 || from >= target) {
      throw new InvalidInput(
          "at position %d expected a node before node %d, but found %d"
              .formatted(parts.get(1).position(), target, from));
    }
    int edge = new Edge(target, from).index();
    if (operators[edge] != null) {
      throw new InvalidInput(
          "at position %d a second operator is given from node %d to node %d"
              .formatted(pair.position(), from, target));
    }
    operators[edge] = operator(parts.getFirst());
  }

  private static Operator operator(PythonValue name) {
    try {
      return Operator.parse(name.asText().orElseThrow());
    } catch (InvalidInput e) {
      throw new InvalidInput("at position %d: %s".formatted(name.position(), e.getMessage()), e);
    }
  }
}
