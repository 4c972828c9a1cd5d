package dev.espalier.learning.indicator;

import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * A few values that are dear to make; the one not used for longest goes. Those that own native
 * memory are closed.
 */
public final class RecentlyUsed<K, V> implements AutoCloseable {
  private final int capacity;
  private final LinkedHashMap<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  public RecentlyUsed(int capacity) {
    this.capacity = capacity;
  }

  public V get(K key, Function<K, V> make) {
    V known = values.get(key);
    if (known != null) {
      return known;
    }
    if (values.size() >= capacity) {
      close(values.pollFirstEntry().getValue());
    }
    V made = make.apply(key);
    values.put(key, made);
    return made;
  }

  @Override
  public void close() {
    values.values().forEach(RecentlyUsed::close);
    values.clear();
  }

  private static void close(Object value) {
    try {
      if (value instanceof AutoCloseable owner) {
        owner.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot free " + value, e);
    }
  }
}
