package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.predictor.ArchitectureEncoding;
import dev.espalier.learning.predictor.EncodedArchitecture;
import dev.espalier.learning.predictor.EncodedSpace;
import dev.espalier.learning.predictor.GraphLayout;
import dev.espalier.learning.predictor.GraphLayout.Place;
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
 * mark of its own.
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
      for (int target = 1; target < cell.vertices(); target++) {
        boolean isOutput = target == cell.output();
        int vertex = isOutput ? VERTICES - 1 : target;
        int mark = isOutput ? OUTPUT_MARK : cell.operation(target).index();
        for (int source : cell.sources(target)) {
          int place = layout.places().indexOf(new Place(source, vertex));
          marks[place * layout.operations() + mark] = true;
        }
      }
      return new EncodedArchitecture(layout, marks);
    }
  }
}
