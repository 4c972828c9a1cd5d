package dev.espalier.learning.space;

/** The networks of a space whose weights can be cut out of a supernet that others have trained. */
public interface CutNetworks extends SpaceNetworks {
  /**
   * Reads a supernet.
   *
   * @param file as its authors publish it
   * @throws dev.espalier.search.failure.InvalidInput if it is something else, with what does not
   *     fit
   */
  SupernetWeights supernet(byte[] file);
}
