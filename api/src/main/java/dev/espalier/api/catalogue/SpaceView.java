package dev.espalier.api.catalogue;

import dev.espalier.search.space.SearchSpace;

/**
 * A search space.
 *
 * @param size the number of architectures
 * @param example an architecture of it, in its one spelling
 */
public record SpaceView(String name, String title, long size, String example) {
  static SpaceView of(SearchSpace space) {
    return new SpaceView(space.name(), space.title(), space.size(), Examples.of(space));
  }
}
