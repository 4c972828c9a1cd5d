package dev.espalier.search.space.darts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PlacedOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An architecture of the DARTS space: a normal and a reduction cell. As JSON it is its string. */
public record Genotype(DartsCell normal, DartsCell reduce) implements Architecture {
  /**
   * The genotype of a string in the usual notation, {@code Genotype(normal=[('sep_conv_3x3', 0),
   * ...], normal_concat=range(2, 6), reduce=[...], reduce_concat=range(2, 6))}, or in another
   * spelling of public programs. Blanks, kinds of quotes and brackets, the order of the fields and
   * that of a node's two genes are free; {@code [2, 3, 4, 5]} says the same as {@code range(2, 6)}.
   *
   * @throws InvalidInput with the position of the mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Genotype parse(String text) {
    return GenotypeNotation.read(text);
  }

  @Override
  @JsonValue
  public String canonical() {
    return GenotypeNotation.write(this);
  }

  @Override
  public List<PlacedOperator> placed() {
    List<PlacedOperator> placed = new ArrayList<>(2 * DartsCell.GENES);
    for (CellType type : CellType.ALL) {
      for (int node = 0; node < DartsEdge.NODES; node++) {
        for (DartsCell.Gene gene : cell(type).into(node)) {
          placed.add(
              new PlacedOperator(
                  new DartsEdge(node, gene.source()).ends(type), gene.operator().label()));
        }
      }
    }
    return placed;
  }

  @Override
  public String svg() {
    return GenotypeSvg.of(this);
  }

  /** The cells as two clusters. */
  @Override
  public String dot() {
    return GenotypeDot.of(this);
  }

  /** Both cells side by side. */
  @Override
  public String text() {
    return GenotypeText.of(this);
  }

  public DartsCell cell(CellType type) {
    return switch (type) {
      case NORMAL -> normal;
      case REDUCTION -> reduce;
    };
  }

  Genotype with(CellType type, DartsCell cell) {
    return switch (type) {
      case NORMAL -> new Genotype(cell, reduce);
      case REDUCTION -> new Genotype(normal, cell);
    };
  }

  /**
   * The genotypes that differ in one operator or one source of one gene, in the order of the genes.
   * As in a search, {@code none} does not come in and the genes of a node do not come to share a
   * source.
   */
  public List<Genotype> neighbours() {
    Set<Genotype> neighbours = new LinkedHashSet<>();
    for (CellType type : CellType.ALL) {
      for (int place = 0; place < DartsCell.GENES; place++) {
        addNeighbours(neighbours, type, place);
      }
    }
    neighbours.remove(this);
    return List.copyOf(neighbours);
  }

  private void addNeighbours(Set<Genotype> neighbours, CellType type, int place) {
    DartsCell cell = cell(type);
    DartsCell.Gene gene = cell.genes().get(place);
    for (DartsOperator operator : DartsSpace.PUBLISHED_OPERATORS) {
      neighbours.add(with(type, cell.with(place, new DartsCell.Gene(operator, gene.source()))));
    }
    int node = place / DartsEdge.PER_NODE;
    for (DartsEdge edge : DartsEdge.into(node)) {
      int source = edge.source();
      if (cell.into(node).stream().noneMatch(each -> each.source() == source)) {
        neighbours.add(with(type, cell.with(place, new DartsCell.Gene(gene.operator(), source))));
      }
    }
  }

  /**
   * This genotype as a supernet with one operator on the edges that it has.
   *
   * @throws InvalidInput where a node reads one source twice, which no state of the supernet does
   */
  public DartsMask mask() {
    List<Set<DartsOperator>> active =
        new ArrayList<>(Collections.nCopies(DartsMask.EDGES, EnumSet.noneOf(DartsOperator.class)));
    for (CellType type : CellType.ALL) {
      for (int node = 0; node < DartsEdge.NODES; node++) {
        for (DartsCell.Gene gene : cell(type).into(node)) {
          int edge = DartsMask.edge(type, new DartsEdge(node, gene.source()));
          if (!active.get(edge).isEmpty()) {
            throw new InvalidInput(
                "node %d of the %s cell reads state %d twice, which no supernet has: %s"
                    .formatted(DartsEdge.INPUTS + node, type.label(), gene.source(), canonical()));
          }
          active.set(edge, EnumSet.of(gene.operator()));
        }
      }
    }
    return new DartsMask(active);
  }

  @Override
  public String toString() {
    return canonical();
  }
}
