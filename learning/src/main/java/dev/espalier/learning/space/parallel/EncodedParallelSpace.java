package dev.espalier.learning.space.parallel;

import dev.espalier.learning.predictor.ArchitectureEncoding;
import dev.espalier.learning.predictor.EncodedArchitecture;
import dev.espalier.learning.predictor.EncodedSpace;
import dev.espalier.learning.predictor.GraphLayout;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.Optional;

/** Encodes parallel operations: layers are places one after another, with several marks each. */
public final class EncodedParallelSpace implements EncodedSpace {
  @Override
  public String name() {
    return ParallelSpace.NAME;
  }

  @Override
  public Optional<ArchitectureEncoding> encoding(SearchSpace space) {
    return space instanceof ParallelSpace parallel
        ? Optional.of(new Layers(parallel, layout(parallel)))
        : Optional.empty();
  }

  private static GraphLayout layout(ParallelSpace space) {
    return GraphLayout.chain(space.shape().layers().size(), space.shape().operations().size());
  }

  private record Layers(ParallelSpace space, GraphLayout layout) implements ArchitectureEncoding {
    /** Of the shape: predictors of one shape can be used in every space that has it. */
    @Override
    public String digest() {
      return Digest.of(space.shape());
    }

    @Override
    public EncodedArchitecture encode(Architecture architecture) {
      if (!(architecture instanceof ParallelArchitecture parallel)
          || parallel.layers().size() != layout.places().size()) {
        throw notInSpace(architecture);
      }
      EncodedArchitecture encoded = new EncodedArchitecture(layout, space.bits(parallel));
      for (int layer = 0; layer < layout.places().size(); layer++) {
        // An operation that the space does not have has no bit.
        if (encoded.count(layer) != parallel.layers().get(layer).size()) {
          throw notInSpace(architecture);
        }
      }
      return encoded;
    }

    private static InvalidInput notInSpace(Architecture architecture) {
      return new InvalidInput("%s is not in the space".formatted(architecture.canonical()));
    }
  }
}
