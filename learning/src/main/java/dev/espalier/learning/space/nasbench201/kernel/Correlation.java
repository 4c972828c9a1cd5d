package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;

import jdk.incubator.vector.FloatVector;

/**
 * Sums, over active positions, of an input's value times the lanes that lie where a convolution's
 * tap carries it: {@code sum_p x[p + tap] lanes[p]}.
 */
final class Correlation {
  private static final int TAPS = 9;

  private Correlation() {}

  /** Lanes at every position of an image: {@code stride} numbers apart, in rows with a border. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Field(float[] numbers, int from, int stride, int rowPositions) {

    /** How far from a value's own position the tap carries it. */
    int shift(int tap) {
      return -((tap / 3 - 1) * rowPositions + tap % 3 - 1) * stride;
    }
  }

  /**
   * One image's part of the sums of a convolution of stride 1.
   *
   * @param taps 9, or 1 for the centre alone
   * @param sums {@code [channel][tap][step]}, of which {@code numbers} from {@code to} on are
   *     written
   */
  static void add(
      Field field,
      ActivePositions active,
      int image,
      int taps,
      float[] sums,
      int to,
      int step,
      int numbers) {
    for (int group = 0; group < active.groups(); group++) {
      for (int channel = 0; channel < active.channels(); channel++) {
        int start = active.start(image, group, channel);
        int end = active.end(image, group, channel);
        for (int tap = 0; tap < taps && start < end; tap++) {
          int from = field.from + field.shift(taps == 1 ? TAPS / 2 : tap);
          gather(
              field, from, active, start, end, sums, to + (channel * taps + tap) * step, numbers);
        }
      }
    }
  }

  /** The same for a 3x3 convolution of stride 2, whose groups are the taps. */
  static void addStrided(
      Field field, ActivePositions active, int image, float[] sums, int to, int step, int numbers) {
    for (int tap = 0; tap < TAPS; tap++) {
      for (int channel = 0; channel < active.channels(); channel++) {
        int start = active.start(image, tap, channel);
        int end = active.end(image, tap, channel);
        int at = to + (channel * TAPS + tap) * step;
        gather(field, field.from, active, start, end, sums, at, numbers);
      }
    }
  }

  private static void gather(
      Field field,
      int from,
      ActivePositions active,
      int start,
      int end,
      float[] sums,
      int to,
      int numbers) {
    int done = 0;
    while (done < numbers) {
      int vectors = (numbers - done) / Lanes.WIDTH;
      if (vectors >= 9) {
        nine(field, from + done, active, start, end, sums, to + done);
        done += 9 * Lanes.WIDTH;
      } else if (vectors >= 3) {
        three(field, from + done, active, start, end, sums, to + done);
        done += 3 * Lanes.WIDTH;
      } else {
        one(field, from + done, active, start, end, sums, to + done);
        done += Lanes.WIDTH;
      }
    }
  }

  private static void nine(
      Field field, int from, ActivePositions active, int start, int end, float[] sums, int to) {
    float[] numbers = field.numbers;
    int stride = field.stride;
    int[] positions = active.positions();
    float[] values = active.values();
    FloatVector a = load(sums, to);
    FloatVector b = load(sums, to + 8);
    FloatVector c = load(sums, to + 16);
    FloatVector d = load(sums, to + 24);
    FloatVector e = load(sums, to + 32);
    FloatVector f = load(sums, to + 40);
    FloatVector g = load(sums, to + 48);
    FloatVector h = load(sums, to + 56);
    FloatVector i = load(sums, to + 64);
    for (int j = start; j < end; j++) {
      int at = from + positions[j] * stride;
      FloatVector x = all(values[j]);
      a = x.fma(load(numbers, at), a);
      b = x.fma(load(numbers, at + 8), b);
      c = x.fma(load(numbers, at + 16), c);
      d = x.fma(load(numbers, at + 24), d);
      e = x.fma(load(numbers, at + 32), e);
      f = x.fma(load(numbers, at + 40), f);
      g = x.fma(load(numbers, at + 48), g);
      h = x.fma(load(numbers, at + 56), h);
      i = x.fma(load(numbers, at + 64), i);
    }
    a.intoArray(sums, to);
    b.intoArray(sums, to + 8);
    c.intoArray(sums, to + 16);
    d.intoArray(sums, to + 24);
    e.intoArray(sums, to + 32);
    f.intoArray(sums, to + 40);
    g.intoArray(sums, to + 48);
    h.intoArray(sums, to + 56);
    i.intoArray(sums, to + 64);
  }

  private static void three(
      Field field, int from, ActivePositions active, int start, int end, float[] sums, int to) {
    float[] numbers = field.numbers;
    int stride = field.stride;
    int[] positions = active.positions();
    float[] values = active.values();
    FloatVector a = load(sums, to);
    FloatVector b = load(sums, to + 8);
    FloatVector c = load(sums, to + 16);
    for (int j = start; j < end; j++) {
      int at = from + positions[j] * stride;
      FloatVector x = all(values[j]);
      a = x.fma(load(numbers, at), a);
      b = x.fma(load(numbers, at + 8), b);
      c = x.fma(load(numbers, at + 16), c);
    }
    a.intoArray(sums, to);
    b.intoArray(sums, to + 8);
    c.intoArray(sums, to + 16);
  }

  private static void one(
      Field field, int from, ActivePositions active, int start, int end, float[] sums, int to) {
    float[] numbers = field.numbers;
    int stride = field.stride;
    int[] positions = active.positions();
    float[] values = active.values();
    FloatVector a = load(sums, to);
    for (int j = start; j < end; j++) {
      a = all(values[j]).fma(load(numbers, from + positions[j] * stride), a);
    }
    a.intoArray(sums, to);
  }

  /** Room for sums of so many channels and taps, all zero. */
  static float[] zeros(int channels, int taps, int step) {
    return new float[channels * taps * step];
  }
}
