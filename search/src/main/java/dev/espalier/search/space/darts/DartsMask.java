package dev.espalier.search.space.darts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A supernet's state: the operators that are still active on the 14 edges of the normal cell, then
 * on those of the reduction cell. An edge without operators adds nothing.
 *
 * <p>As JSON it is its string, {@code normal=fe.fe. ... ;reduce= ...}: two hexadecimal digits an
 * edge, the bit of value {@code 2^i} for the operator of index {@code i}. It is short because a
 * search writes it hundreds of times.
 */
public record DartsMask(List<Set<DartsOperator>> active) implements Supernet {
  /** Edges of both cells. */
  public static final int EDGES = 2 * 14;

  /** CPU seconds of one kernel of the full supernet at the published setting, 14 images. */
  private static final double KERNEL_SECONDS = 1.5;

  /** The same of one region count of 3,000 samples. */
  private static final double REGION_SECONDS = 0.35;

  /** Operators of that supernet, and what part of its time does not depend on them. */
  private static final double OPERATORS = 196;

  private static final double SHARE = 0.1;

  private static final int CELL_EDGES = DartsEdge.ALL.size();

  public DartsMask {
    active = active.stream().map(DartsMask::inOrder).toList();
    if (active.size() != EDGES) {
      throw new InvalidInput(
          "a DARTS supernet has operators on %d edges, but %d were given"
              .formatted(EDGES, active.size()));
    }
  }

  private static Set<DartsOperator> inOrder(Collection<DartsOperator> operators) {
    Set<DartsOperator> ordered = EnumSet.noneOf(DartsOperator.class);
    ordered.addAll(operators);
    return Collections.unmodifiableSet(ordered);
  }

  /** The supernet with the same operators on every edge. */
  public static DartsMask full(Set<DartsOperator> operators) {
    return new DartsMask(Collections.nCopies(EDGES, operators));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DartsMask parse(String text) {
    return DartsMaskNotation.read(text);
  }

  @Override
  @JsonValue
  public String canonical() {
    return DartsMaskNotation.write(this);
  }

  /** The number of an edge of a cell, 0 to 27. */
  public static int edge(CellType type, DartsEdge edge) {
    return CELL_EDGES * type.index() + edge.index();
  }

  /** The type of cell that a numbered edge belongs to. */
  public static CellType type(int edge) {
    return CellType.ALL.get(edge / CELL_EDGES);
  }

  /** The edge within its cell. */
  public static DartsEdge within(int edge) {
    return DartsEdge.ALL.get(edge % CELL_EDGES);
  }

  /** The active operators of an edge, in the operators' order. */
  public List<DartsOperator> on(CellType type, DartsEdge edge) {
    return List.copyOf(active.get(edge(type, edge)));
  }

  @Override
  public int edges() {
    return EDGES;
  }

  @Override
  public List<String> labels(int edge) {
    return active.get(edge).stream().map(DartsOperator::label).toList();
  }

  @Override
  public String edgeTitle(int edge) {
    DartsEdge within = within(edge);
    return "%s %d→%d"
        .formatted(type(edge).label(), within.source(), DartsEdge.INPUTS + within.node());
  }

  @Override
  public EdgeEnds ends(int edge) {
    return within(edge).ends(type(edge));
  }

  /** A row an edge, a column an operator, a dot where it is active, a ring where it was removed. */
  @Override
  public String svg() {
    return DartsSupernetSvg.of(this);
  }

  /** An edge may lose its last operator, since not all edges stay. */
  @Override
  public DartsMask without(int edge, String operator) {
    DartsOperator removed = DartsOperator.parse(operator);
    if (!active.get(edge).contains(removed)) {
      throw new InvalidInput(
          "%s is not active on edge %s of %s".formatted(operator, edgeTitle(edge), canonical()));
    }
    List<Set<DartsOperator>> pruned = new ArrayList<>(active);
    Set<DartsOperator> rest = EnumSet.copyOf(active.get(edge));
    rest.remove(removed);
    pruned.set(edge, rest);
    return new DartsMask(pruned);
  }

  /** Two edges stay at each node: those into one node compete, node by node, cell by cell. */
  @Override
  public List<Rivals> rivals() {
    List<Rivals> rivals = new ArrayList<>();
    for (CellType type : CellType.ALL) {
      for (int node = 0; node < DartsEdge.NODES; node++) {
        List<Integer> edges = DartsEdge.into(node).stream().map(edge -> edge(type, edge)).toList();
        rivals.add(new Rivals(edges, DartsEdge.PER_NODE));
      }
    }
    return rivals;
  }

  @Override
  public Genotype architecture() {
    return new Genotype(cell(CellType.NORMAL), cell(CellType.REDUCTION));
  }

  private DartsCell cell(CellType type) {
    List<Gene> genes = new ArrayList<>();
    for (int node = 0; node < DartsEdge.NODES; node++) {
      int before = genes.size();
      for (DartsEdge edge : DartsEdge.into(node)) {
        on(type, edge).forEach(operator -> genes.add(new Gene(operator, edge.source())));
      }
      if (genes.size() - before != DartsEdge.PER_NODE) {
        throw new InvalidInput(
            "%s is not a genotype yet: node %d of the %s cell has %d operators, not %d"
                .formatted(
                    canonical(),
                    DartsEdge.INPUTS + node,
                    type.label(),
                    genes.size() - before,
                    DartsEdge.PER_NODE));
      }
    }
    return new DartsCell(genes);
  }

  @Override
  public String toString() {
    return canonical();
  }

  /** What the cutting of rounds went by ever since: it is part of histories. */
  @Override
  public OptionalDouble seconds(int kernelImages, long regionSamples) {
    double shares = SHARE + (1 - SHARE) * size() / OPERATORS;
    return OptionalDouble.of(
        shares
            * (KERNEL_SECONDS * kernelImages / 14.0 + REGION_SECONDS * (regionSamples / 3000.0)));
  }
}
