package dev.espalier.learning.memory;

import java.util.LinkedHashMap;
import java.util.Map;

/** The most bytes that work of a shape was seen to take, of the shapes asked for last. */
public final class KnownSizes {
  private static final int SHAPES = 64;

  private final Map<Object, Long> sizes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
          return size() > SHAPES;
        }
      };

  /** The bytes of a shape, or this where none was seen. */
  public long of(Object shape, long unknown) {
    return sizes.getOrDefault(shape, unknown);
  }

  public void saw(Object shape, long bytes) {
    sizes.merge(shape, bytes, Math::max);
  }
}
