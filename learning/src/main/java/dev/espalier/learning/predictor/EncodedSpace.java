package dev.espalier.learning.predictor;

import dev.espalier.search.space.SearchSpace;
import java.util.Optional;

/** Makes the encoding of one kind of space; {@code META-INF/services} lists them. */
public interface EncodedSpace {
  /** The name of the space in specifications. */
  String name();

  /** The encoding, if the space is of this kind. */
  Optional<ArchitectureEncoding> encoding(SearchSpace space);
}
