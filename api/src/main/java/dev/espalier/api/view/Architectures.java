package dev.espalier.api.view;

import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;

/** Architectures of spaces by name, where an experiment may have given a space its own shape. */
public final class Architectures {
  private Architectures() {}

  /**
   * The architecture of this string, in any shape that a specification can give the space.
   *
   * @throws dev.espalier.search.failure.InvalidInput where it is no architecture, or there is no
   *     such space
   */
  public static Architecture parse(String space, String text) {
    return SearchSpaces.named(space).parseInAnyShape(text);
  }
}
