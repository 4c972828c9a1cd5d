package dev.espalier.search.space;

import java.util.Optional;

/**
 * A tabular benchmark: accuracies of all its architectures were published, and each has a number
 * there.
 */
public interface TabularSpace extends SearchSpace {
  /**
   * The architecture of this number.
   *
   * @param index from 0 to {@link #size} - 1, as published
   */
  Architecture ofIndex(int index);

  /**
   * The number of an architecture of this space, as published.
   *
   * @throws IllegalArgumentException if it is another space's
   */
  int index(Architecture architecture);

  /**
   * An architecture whose output does not depend on its input: it is no better than chance. None
   * where there is no such one.
   */
  Optional<Architecture> withoutAPath();
}
