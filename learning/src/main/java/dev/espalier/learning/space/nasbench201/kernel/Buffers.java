package dev.espalier.learning.space.nasbench201.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Large arrays by name, kept from kernel to kernel: a fresh one costs page faults and zeroing. They
 * hold whatever was left in them. One instance for a thread.
 */
final class Buffers {
  private final Map<String, float[]> arrays = new HashMap<>();

  /** At least so many numbers. */
  float[] take(String name, int numbers) {
    float[] known = arrays.get(name);
    if (known == null || known.length < numbers) {
      arrays.remove(name);
      known = new float[numbers];
      arrays.put(name, known);
    }
    return known;
  }

  /** Bytes of all arrays. */
  long bytes() {
    return arrays.values().stream().mapToLong(each -> (long) Float.BYTES * each.length).sum();
  }
}
