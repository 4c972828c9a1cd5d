package dev.espalier.api.catalogue;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;

/** An architecture to show how those of a space are written: always the same one. */
final class Examples {
  private Examples() {}

  static String of(SearchSpace space) {
    return space.random(RandomStream.of(0, "example", space.name())).canonical();
  }
}
