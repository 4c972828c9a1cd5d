package dev.espalier.learning.predictor;

import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;

/** The encoding of a space, and beside it what predictors read that is the same in every space. */
record StructuredEncoding(SearchSpace space, ArchitectureEncoding marks, Columns columns)
    implements ArchitectureEncoding {
  @Override
  public String digest() {
    return marks.digest();
  }

  @Override
  public GraphLayout layout() {
    return marks.layout();
  }

  @Override
  public EncodedArchitecture encode(Architecture architecture) {
    return marks
        .encode(architecture)
        .beside(() -> space.graph(architecture), columns.of(architecture));
  }
}
