package dev.espalier.search.meta;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the published files of MetaD2A write the architectures of one space. {@code
 * META-INF/services} lists them.
 */
public interface PublishedGraphs {
  /** The space's name in specifications. */
  String space();

  /**
   * An architecture as rows of a graph: a row a vertex, its type, then for each vertex before it
   * whether an edge comes from there; as far as the row goes.
   *
   * @return empty if such a graph is none of this space
   */
  default Optional<Written> ofRows(List<List<Integer>> rows) {
    return Optional.empty();
  }

  /**
   * An architecture as lists of numbers by name.
   *
   * @return empty if such lists are none of this space
   */
  default Optional<Written> ofLists(Map<String, List<Integer>> lists) {
    return Optional.empty();
  }

  /**
   * An architecture that was read.
   *
   * @param architecture canonical string
   * @param wiring which of the wirings in circulation its graph has, in words; empty where there is
   *     but one
   */
  record Written(String architecture, String wiring) {}
}
