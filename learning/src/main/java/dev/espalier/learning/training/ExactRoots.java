package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;

/**
 * Whether the engine's square roots are those of the processor, rounded exactly. It takes them from
 * Intel's vector library, which on some processors of others is off by the last bit in places.
 */
final class ExactRoots {
  private static final int TRIED = 1 << 16;

  private static volatile int known; // 1: they are, 2: they are not

  private ExactRoots() {}

  /** Tried once in a process, on numbers as the squares of gradients are. */
  static boolean of(Torch torch) {
    if (known == 0) {
      known = tried(torch) ? 1 : 2;
    }
    return known == 1;
  }

  private static boolean tried(Torch torch) {
    float[] numbers = new float[TRIED];
    RandomStream.of(0, "roots").fillGaussian(numbers, 1e-3);
    for (int i = 0; i < TRIED; i++) {
      numbers[i] *= numbers[i];
    }
    try (Scope _ = torch.inference()) {
      float[] roots = torch.tensor(numbers, TRIED).sqrt().toFloats();
      for (int i = 0; i < TRIED; i++) {
        if (roots[i] != (float) Math.sqrt(numbers[i])) {
          return false;
        }
      }
    }
    return true;
  }
}
