package dev.espalier.search.space;

import java.util.List;

/** A space all of whose architectures are parts of one supernet. */
public interface PrunableSpace extends SearchSpace {
  /**
   * The supernet before anything is removed.
   *
   * @param all whether {@code none} is among the operators, which the published TE-NAS program
   *     leaves out
   */
  Supernet supernet(boolean all);

  /** Whether this text is meant to be a state of this space's supernet, and no other one's. */
  boolean recognisesSupernet(String text);

  /**
   * The supernet of this string.
   *
   * @throws dev.espalier.search.failure.InvalidInput with the position of the mistake
   */
  Supernet parseSupernet(String text);

  /**
   * The supernet with these operators on its edges.
   *
   * @param labels for every edge those of its active operators
   */
  Supernet supernet(List<List<String>> labels);

  /**
   * The network around an architecture in its usual skeleton.
   *
   * @param channels of the first stage
   * @param cells of each stage; of the whole network where it has no stages
   */
  NetworkSettings network(int channels, int cells);

  /**
   * The architecture as a supernet in which nothing is left to choose.
   *
   * @throws dev.espalier.search.failure.InvalidInput where no state of the supernet is it
   */
  Supernet mask(Architecture architecture);
}
