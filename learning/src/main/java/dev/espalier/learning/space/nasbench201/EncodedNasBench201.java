package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.predictor.ArchitectureEncoding;
import dev.espalier.learning.predictor.EncodedArchitecture;
import dev.espalier.learning.predictor.EncodedSpace;
import dev.espalier.learning.predictor.GraphLayout;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Encodes cells: nodes are states, edges are places, each with the one operator that it has. */
public final class EncodedNasBench201 implements EncodedSpace {
  private static final List<Edge> EDGES =
      Edge.ALL.stream()
          .sorted(Comparator.comparingInt(Edge::source).thenComparingInt(Edge::target))
          .toList();
  private static final GraphLayout LAYOUT =
      new GraphLayout(
          Edge.NODES,
          EDGES.stream().map(edge -> new GraphLayout.Place(edge.source(), edge.target())).toList(),
          Operator.ALL.size());

  @Override
  public String name() {
    return NasBench201.NAME;
  }

  @Override
  public Optional<ArchitectureEncoding> encoding(SearchSpace space) {
    return space instanceof NasBench201 ? Optional.of(new Cells()) : Optional.empty();
  }

  private record Cells() implements ArchitectureEncoding {
    @Override
    public String digest() {
      return Digest.of(NasBench201.SPACE.name());
    }

    @Override
    public GraphLayout layout() {
      return LAYOUT;
    }

    @Override
    public EncodedArchitecture encode(Architecture architecture) {
      if (!(architecture instanceof Cell cell)) {
        throw new InvalidInput("%s is not in the space".formatted(architecture.canonical()));
      }
      boolean[] marks = new boolean[LAYOUT.marks()];
      for (int place = 0; place < EDGES.size(); place++) {
        marks[place * LAYOUT.operations() + cell.on(EDGES.get(place).index()).index()] = true;
      }
      return new EncodedArchitecture(LAYOUT, marks);
    }
  }
}
