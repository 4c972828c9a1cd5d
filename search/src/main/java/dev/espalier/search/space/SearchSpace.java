package dev.espalier.search.space;

import dev.espalier.search.random.RandomStream;
import java.util.List;

/**
 * A set of architectures that can be named, drawn at random and walked from neighbour to neighbour.
 */
public interface SearchSpace {
  /** The name in specifications, such as {@code nas-bench-201}. */
  String name();

  /** The name for people. */
  String title();

  /** The number of architectures. */
  long size();

  /**
   * The architecture of this string.
   *
   * @throws dev.espalier.search.failure.InvalidInput with the position of the mistake and what is
   *     allowed there
   */
  Architecture parse(String text);

  /** Uniform over the space. */
  Architecture random(RandomStream stream);

  /** Whether it is a tabular benchmark: accuracies of all its architectures were published. */
  default boolean isTabular() {
    return false;
  }

  /** All architectures that differ in one choice, in a fixed order. */
  List<Architecture> neighbours(Architecture architecture);
}
