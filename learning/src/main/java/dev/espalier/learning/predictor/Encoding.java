package dev.espalier.learning.predictor;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.ArrayList;
import java.util.List;

/** The bits that predictors read of an architecture. */
record Encoding(ParallelSpace space) {
  static Encoding of(SearchSpace space) {
    if (space instanceof ParallelSpace parallel) {
      return new Encoding(parallel);
    }
    throw new InvalidInput(
        "predictors know the space %s, but not %s".formatted(ParallelSpace.NAME, space.name()));
  }

  /** Of the shape: predictors of one shape can be used in every space that has it. */
  String digest() {
    return Digest.of(space.shape());
  }

  List<boolean[]> bits(List<? extends Architecture> architectures) {
    List<boolean[]> bits = new ArrayList<>(architectures.size());
    for (Architecture architecture : architectures) {
      if (!(architecture instanceof ParallelArchitecture parallel)
          || parallel.layers().size() != space.shape().layers().size()
          || !parallel.layers().stream().allMatch(space.shape().operations()::containsAll)) {
        throw new InvalidInput("%s is not in the space".formatted(architecture.canonical()));
      }
      bits.add(space.bits(parallel));
    }
    return bits;
  }
}
