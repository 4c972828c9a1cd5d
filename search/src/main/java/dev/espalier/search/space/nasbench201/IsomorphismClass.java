package dev.espalier.search.space.nasbench201;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The benchmark's canonical spelling of what a cell computes (NATS-Bench's {@code to_unique_str}
 * with zeros considered): {@code 0} is the input, {@code #} is zero, terms of a sum are sorted.
 *
 * <p>It is the published notion, not the finest one: zero terms stay in the sums, and an operator
 * of a node that is only a sum of zeros is not seen to be zero.
 */
final class IsomorphismClass {
  private static final String ZERO = "#";

  private IsomorphismClass() {}

  static String of(Cell cell) {
    String[] nodes = new String[Edge.NODES];
    nodes[0] = "0";
    for (int target = 1; target < Edge.NODES; target++) {
      List<Edge> incoming = Edge.into(target);
      nodes[target] =
          incoming.stream()
              .map(edge -> term(cell.on(edge.index()), nodes[edge.source()]))
              .sorted()
              .collect(Collectors.joining("+"));
    }
    return nodes[Edge.NODES - 1];
  }

  private static String term(Operator operator, String source) {
    if (operator == Operator.NONE || source.equals(ZERO)) {
      return ZERO;
    }
    return operator == Operator.SKIP_CONNECT
        ? source
        : "(%s)@%s".formatted(source, operator.label());
  }
}
