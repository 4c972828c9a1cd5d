package dev.espalier.search.space;

/** A space all of whose architectures are parts of one supernet. */
public interface PrunableSpace extends SearchSpace {
  /**
   * The supernet before anything is removed.
   *
   * @param all whether {@code none} is among the operators, which the published TE-NAS program
   *     leaves out
   */
  Supernet supernet(boolean all);
}
