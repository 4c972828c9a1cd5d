package dev.espalier.learning.meta;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import java.util.Optional;

/**
 * How the architectures of one space are graphs for the models of MetaD2A, with the numbers of
 * types of the published program, so that its checkpoints fit. {@code META-INF/services} lists
 * them.
 */
public interface GraphCoding {
  /** The space's name in specifications. */
  String space();

  /** What the graphs of all architectures have in common. */
  GraphTopology topology();

  /**
   * The graph of an architecture; it has this topology.
   *
   * @throws InvalidInput if it is of another space
   */
  CodedGraph encode(Architecture architecture);

  /**
   * The architecture that a graph stands for; empty if it stands for none. A generated graph may
   * have other edges than {@link #topology}: what they must be is the published program's rule.
   */
  Optional<Architecture> decode(CodedGraph graph);

  /**
   * What generated graphs keep to: then they have the edges of the topology, and types are drawn
   * among those that the rule allows. Empty where graphs are drawn as published, and those that are
   * no architecture are dropped.
   */
  default Optional<GrowthRule> rule() {
    return Optional.empty();
  }

  default int vertices() {
    return topology().vertices();
  }

  default int types() {
    return topology().types();
  }
}
