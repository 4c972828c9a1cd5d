package dev.espalier.search.space.nasbench201;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PlacedOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A NAS-Bench-201 cell: one operator on each of the six edges of {@link Edge#ALL}. A node is the
 * sum of its incoming edges, node 3 is the output. As JSON it is its string.
 */
public record Cell(List<Operator> operators) implements Architecture {
  public Cell {
    operators = List.copyOf(operators);
    if (operators.size() != Edge.ALL.size()) {
      throw new InvalidInput(
          "a NAS-Bench-201 cell has %d operators, one for each edge, but %d were given"
              .formatted(Edge.ALL.size(), operators.size()));
    }
  }

  /**
   * The cell of a string such as {@code |a~0|+|b~0|c~1|+|d~0|e~1|f~2|}, or in another spelling of
   * public programs.
   *
   * @throws InvalidInput with the position of the mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Cell parse(String text) {
    return CellReader.read(text);
  }

  /** The cell with this official index, 0 to 15,624. */
  public static Cell ofIndex(int index) {
    return OfficialIndex.cell(index);
  }

  @Override
  @JsonValue
  public String canonical() {
    return CellNotation.write(edge -> operators.get(edge).label());
  }

  @Override
  public List<PlacedOperator> placed() {
    return Edge.ALL.stream()
        .map(edge -> new PlacedOperator(edge.ends(), on(edge.index()).label()))
        .toList();
  }

  @Override
  public String svg() {
    return CellSvg.cell(this);
  }

  @Override
  public String dot() {
    return CellDot.of(this);
  }

  @Override
  public String text() {
    return CellText.of(this);
  }

  public Operator on(int edge) {
    return operators.get(edge);
  }

  /** The benchmark's official index, 0 to 15,624. */
  public int index() {
    return OfficialIndex.index(this);
  }

  /**
   * Cells with the same class compute the same function: 6,466 classes, spelt as by the benchmark's
   * own program.
   */
  public String isomorphismClass() {
    return IsomorphismClass.of(this);
  }

  /** The 24 cells that differ in the operator of one edge. */
  public List<Cell> neighbours() {
    List<Cell> neighbours = new ArrayList<>(24);
    for (Edge edge : Edge.ALL) {
      for (Operator operator : Operator.values()) {
        if (operator != on(edge.index())) {
          neighbours.add(with(edge.index(), operator));
        }
      }
    }
    return Collections.unmodifiableList(neighbours);
  }

  public Cell with(int edge, Operator operator) {
    List<Operator> changed = new ArrayList<>(operators);
    changed.set(edge, operator);
    return new Cell(changed);
  }

  /** This cell as a supernet with one operator on every edge. */
  public OperatorMask mask() {
    return new OperatorMask(operators.stream().<Set<Operator>>map(EnumSet::of).toList());
  }

  @Override
  public String toString() {
    return canonical();
  }
}
