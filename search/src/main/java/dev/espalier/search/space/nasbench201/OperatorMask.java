package dev.espalier.search.space.nasbench201;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.Supernet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A supernet's state: the operators that are still active on each of the six edges, at least one on
 * each. As JSON it is its string, {@code |skip_connect,nor_conv_3x3~0|+|...|}.
 */
public record OperatorMask(List<Set<Operator>> active) implements Supernet {
  public OperatorMask {
    active = active.stream().map(OperatorMask::inOrder).toList();
    if (active.size() != Edge.ALL.size()) {
      throw new InvalidInput(
          "a supernet has operators on %d edges, but %d were given"
              .formatted(Edge.ALL.size(), active.size()));
    }
  }

  private static Set<Operator> inOrder(Collection<Operator> operators) {
    if (operators.isEmpty()) {
      throw new InvalidInput("every edge of a supernet keeps at least one operator");
    }
    return Collections.unmodifiableSet(EnumSet.copyOf(operators));
  }

  /** The supernet with the same operators on every edge. */
  public static OperatorMask full(Set<Operator> operators) {
    return new OperatorMask(Collections.nCopies(Edge.ALL.size(), operators));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OperatorMask parse(String text) {
    return new OperatorMask(CellNotation.read(text).stream().map(OperatorMask::operators).toList());
  }

  private static Set<Operator> operators(CellNotation.Item item) {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    int position = item.position();
    for (String label : item.text().split(",", -1)) {
      operators.add(new CellNotation.Item(label, position).operator());
      position += label.length() + 1;
    }
    return operators;
  }

  @Override
  @JsonValue
  public String canonical() {
    return CellNotation.write(
        edge -> on(edge).stream().map(Operator::label).collect(Collectors.joining(",")));
  }

  /** The active operators of an edge, in the operators' order. */
  public List<Operator> on(int edge) {
    return List.copyOf(active.get(edge));
  }

  public boolean isActive(int edge, Operator operator) {
    return active.get(edge).contains(operator);
  }

  @Override
  public int edges() {
    return Edge.ALL.size();
  }

  @Override
  public List<String> labels(int edge) {
    return active.get(edge).stream().map(Operator::label).toList();
  }

  @Override
  public String edgeTitle(int edge) {
    Edge titled = Edge.ALL.get(edge);
    return "%d→%d".formatted(titled.source(), titled.target());
  }

  @Override
  public EdgeEnds ends(int edge) {
    return Edge.ALL.get(edge).ends();
  }

  /** Each active operator a coloured strand, each removed one a dotted trace. */
  @Override
  public String svg() {
    return CellSvg.supernet(this);
  }

  @Override
  public OperatorMask without(int edge, String operator) {
    return without(edge, Operator.parse(operator));
  }

  /** This supernet without one operator, which must be active and not its edge's last. */
  public OperatorMask without(int edge, Operator operator) {
    if (!isActive(edge, operator)) {
      throw new InvalidInput(
          "%s is not active on edge %s of %s"
              .formatted(operator.label(), Edge.ALL.get(edge), canonical()));
    }
    if (active.get(edge).size() == 1) {
      throw new InvalidInput(
          "%s is the last operator on edge %s of %s"
              .formatted(operator.label(), Edge.ALL.get(edge), canonical()));
    }
    List<Set<Operator>> pruned = new ArrayList<>(active);
    Set<Operator> rest = EnumSet.copyOf(active.get(edge));
    rest.remove(operator);
    pruned.set(edge, rest);
    return new OperatorMask(pruned);
  }

  /** Whether one operator is left on every edge. */
  public boolean isSinglePath() {
    return size() == Edge.ALL.size();
  }

  /** The cell of a supernet that {@linkplain #isSinglePath is a single path}. */
  public Cell cell() {
    if (!isSinglePath()) {
      throw new InvalidInput(
          "%s is not a single cell yet: some edges have several operators".formatted(canonical()));
    }
    return new Cell(active.stream().map(operators -> operators.iterator().next()).toList());
  }

  @Override
  public Cell architecture() {
    return cell();
  }

  @Override
  public String toString() {
    return canonical();
  }
}
