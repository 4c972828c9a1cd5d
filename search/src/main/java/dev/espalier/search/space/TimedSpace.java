package dev.espalier.search.space;

/** A space whose networks take about as long as their parts together. */
public interface TimedSpace extends SearchSpace {
  /** How many different parts there are. */
  int timedParts();

  /**
   * How much of each part a network has.
   *
   * @param imageSize height and width in pixels
   * @return {@link #timedParts} numbers, 0 or more
   */
  double[] timedParts(Architecture architecture, int imageSize);

  /**
   * The least that the parts of any network cost together.
   *
   * @param imageSize height and width in pixels
   * @param costs of one of each part
   */
  double least(int imageSize, double... costs);
}
