package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.predictor.ArchitectureEncoding;
import dev.espalier.learning.predictor.EncodedArchitecture;
import dev.espalier.learning.predictor.EncodedSpace;
import dev.espalier.learning.predictor.GraphLayout;
import dev.espalier.learning.predictor.GraphLayout.Place;
import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.space.nasbench101.VertexOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes cells of NAS-Bench-101: a place between each two of seven vertices, whose mark is the
 * operation of the vertex that it leads to. The output is the last vertex of all cells, and has a
 * mark of its own. As a graph, a cell is itself, with output, input and operations as its kinds of
 * vertices, as the published neural predictor counts them.
 */
public final class EncodedNasBench101 implements EncodedSpace {
  private static final int VERTICES = 7;
  private static final int OUTPUT_MARK = VertexOperation.ALL.size();

  @Override
  public String name() {
    return NasBench101.NAME;
  }

  @Override
  public Optional<ArchitectureEncoding> encoding(SearchSpace space) {
    return space instanceof NasBench101 ? Optional.of(new Vertices(layout())) : Optional.empty();
  }

  private static GraphLayout layout() {
    List<Place> places = new ArrayList<>();
    for (int source = 0; source < VERTICES; source++) {
      for (int target = source + 1; target < VERTICES; target++) {
        places.add(new Place(source, target));
      }
    }
    return new GraphLayout(VERTICES, places, OUTPUT_MARK + 1);
  }

  private record Vertices(GraphLayout layout) implements ArchitectureEncoding {
    @Override
    public String digest() {
      return Digest.of(List.of(NasBench101.NAME, layout));
    }

    @Override
    public EncodedArchitecture encode(Architecture architecture) {
      if (!(architecture instanceof GraphCell cell)) {
        throw new InvalidInput("%s is not in the space".formatted(architecture.canonical()));
      }
      boolean[] marks = new boolean[layout.marks()];
      int[] edges = new int[cell.edges()];
      int edge = 0;
      int place = 0;
      for (int source = 0; source < VERTICES; source++) {
        for (int vertex = source + 1; vertex < VERTICES; vertex++) {
          boolean isOutput = vertex == VERTICES - 1;
          int target = isOutput ? cell.output() : vertex;
          boolean isThere = isOutput ? source < target : vertex < cell.output();
          if (isThere && cell.hasEdge(source, target)) {
            int mark = isOutput ? OUTPUT_MARK : cell.operation(target).index();
            marks[place * layout.operations() + mark] = true;
            edges[edge++] = VertexGraph.edge(source, target);
          }
          place++;
        }
      }
      return new EncodedArchitecture(layout, graph(cell, edges), marks);
    }

    private static VertexGraph graph(GraphCell cell, int... edges) {
      int[] kinds = new int[cell.vertices()];
      kinds[0] = VertexGraph.INPUT;
      kinds[cell.output()] = VertexGraph.OUTPUT;
      for (int vertex = 1; vertex < cell.output(); vertex++) {
        kinds[vertex] = VertexGraph.FIRST_OPERATION + cell.operation(vertex).index();
      }
      return new VertexGraph(VertexGraph.FIRST_OPERATION + OUTPUT_MARK, kinds, edges);
    }
  }
}
