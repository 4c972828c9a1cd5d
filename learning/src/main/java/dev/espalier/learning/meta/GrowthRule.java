package dev.espalier.learning.meta;

/** Which types a vertex may have, so that a graph that grows can still become an architecture. */
@FunctionalInterface
public interface GrowthRule {
  /**
   * @param vertex from 1; the last one, which ends the graph, is not asked for
   * @param types of the vertices before it
   */
  boolean allows(int vertex, int[] types, int type);
}
