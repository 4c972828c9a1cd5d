package dev.espalier.learning.indicator;

import dev.espalier.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Which units are on, for each sample of a batch: one bit a unit, in the order in which the units
 * were seen.
 */
public final class ActivationPatterns {
  private final int samples;
  private final List<long[]> words = new ArrayList<>(); // each [samples], 64 units
  private int units;

  public ActivationPatterns(int samples) {
    this.samples = samples;
  }

  /**
   * Adds the units of a layer; a unit is on where its output is above 0.
   *
   * @param activation {@code [samples, ...]}
   */
  public void add(Tensor activation) {
    float[] outputs = activation.toFloats();
    int width = outputs.length / samples;
    for (int unit = 0; unit < width; unit++) {
      long[] word = word();
      int bit = units % Long.SIZE;
      for (int sample = 0; sample < samples; sample++) {
        if (outputs[sample * width + unit] > 0) {
          word[sample] |= 1L << bit;
        }
      }
      units++;
    }
  }

  /**
   * Adds the units of a layer; a unit is on where its output is above 0.
   *
   * @param activation {@code [unit][samples]}
   */
  public void add(double[][] activation) {
    for (double[] outputs : activation) {
      long[] word = word();
      int bit = units % Long.SIZE;
      for (int sample = 0; sample < samples; sample++) {
        word[sample] |= (outputs[sample] > 0 ? 1L : 0L) << bit;
      }
      units++;
    }
  }

  /** The word that the next unit's bit goes to. */
  private long[] word() {
    if (units % Long.SIZE == 0) {
      words.add(new long[samples]);
    }
    return words.getLast();
  }

  public int samples() {
    return samples;
  }

  /** The units that are on in one of two samples and off in the other. */
  public int distance(int first, int second) {
    int distance = 0;
    for (long[] word : words) {
      distance += Long.bitCount(word[first] ^ word[second]);
    }
    return distance;
  }

  public int units() {
    return units;
  }

  /** Longs of a pattern. */
  public int words() {
    return words.size();
  }

  public boolean isOn(int sample, int unit) {
    return (words.get(unit / Long.SIZE)[sample] >>> (unit % Long.SIZE) & 1) == 1;
  }

  /** Adds the pattern of every sample. */
  public void addTo(Patterns patterns) {
    long[] bits = new long[words.size()];
    for (int sample = 0; sample < samples; sample++) {
      for (int i = 0; i < bits.length; i++) {
        bits[i] = words.get(i)[sample];
      }
      patterns.add(bits, 0);
    }
  }
}
