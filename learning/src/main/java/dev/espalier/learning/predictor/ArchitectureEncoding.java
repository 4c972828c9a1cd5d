package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.List;

/** What predictors see of the architectures of one space: graphs of one layout. */
public interface ArchitectureEncoding {
  /** Predictors of one digest can be used in every space that has it. */
  String digest();

  GraphLayout layout();

  /**
   * @throws InvalidInput if it is not in the space
   */
  EncodedArchitecture encode(Architecture architecture);

  /** All of them, in order. */
  default List<EncodedArchitecture> encode(List<? extends Architecture> architectures) {
    List<EncodedArchitecture> encoded = new ArrayList<>(architectures.size());
    for (Architecture architecture : architectures) {
      encoded.add(encode(architecture));
    }
    return encoded;
  }
}
