package dev.espalier.learning.indicator;

import dev.espalier.learning.tensor.Tensor;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which units are on, for each sample of a batch: one bit a unit, in the order in which the units
 * were seen.
 */
final class ActivationPatterns {
  private final int samples;
  private final List<long[]> words = new ArrayList<>(); // each [samples], 64 units
  private int units;

  ActivationPatterns(int samples) {
    this.samples = samples;
  }

  /**
   * Adds the units of a layer; a unit is on where its output is above 0.
   *
   * @param activation {@code [samples, ...]}
   */
  void add(Tensor activation) {
    float[] outputs = activation.toFloats();
    int width = outputs.length / samples;
    for (int unit = 0; unit < width; unit++) {
      int bit = units % Long.SIZE;
      if (bit == 0) {
        words.add(new long[samples]);
      }
      long[] word = words.getLast();
      for (int sample = 0; sample < samples; sample++) {
        if (outputs[sample * width + unit] > 0) {
          word[sample] |= 1L << bit;
        }
      }
      units++;
    }
  }

  int units() {
    return units;
  }

  boolean isOn(int sample, int unit) {
    return (words.get(unit / Long.SIZE)[sample] >>> (unit % Long.SIZE) & 1) == 1;
  }

  /** The whole pattern of every sample, fit to be a key: equal exactly where all bits are. */
  List<LongBuffer> patterns() {
    List<LongBuffer> patterns = new ArrayList<>(samples);
    for (int sample = 0; sample < samples; sample++) {
      long[] bits = new long[words.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = words.get(i)[sample];
      }
      patterns.add(LongBuffer.wrap(bits));
    }
    return patterns;
  }
}
