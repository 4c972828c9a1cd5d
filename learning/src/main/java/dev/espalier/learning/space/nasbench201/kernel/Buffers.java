package dev.espalier.learning.space.nasbench201.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Large arrays by name, kept from kernel to kernel: a fresh one costs page faults and zeroing. They
 * hold whatever was left in them. One kernel at a time.
 */
final class Buffers {
  private final Map<String, float[]> arrays = new HashMap<>();

  /** At least so many numbers. */
  float[] take(String name, long numbers) {
    float[] known = arrays.get(name);
    if (known == null || known.length < numbers) {
      arrays.remove(name);
      KernelMemory.requireFits(bytes() + (double) Float.BYTES * numbers);
      known = new float[Math.toIntExact(numbers)];
      arrays.put(name, known);
    }
    return known;
  }

  /** Bytes of all arrays. */
  long bytes() {
    return arrays.values().stream().mapToLong(each -> (long) Float.BYTES * each.length).sum();
  }
}
