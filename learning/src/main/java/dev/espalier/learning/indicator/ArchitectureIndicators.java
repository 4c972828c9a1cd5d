package dev.espalier.learning.indicator;

import dev.espalier.search.space.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * Scores single architectures of one space, one value for each seed. A value depends on the
 * architecture, the seed, the data and the settings alone. One instance for a thread.
 */
public interface ArchitectureIndicators extends AutoCloseable {
  /**
   * The indicator of an architecture, or null where it is not a number, such as of a singular
   * kernel.
   */
  @Nullable Double score(Architecture architecture, Indicator indicator, long seed);

  @Override
  void close();
}
