package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;

import jdk.incubator.vector.FloatVector;

/**
 * {@link InputGradient} for one block of rows, pixel by pixel, of those channels alone that the
 * ReLU let through. Up to three channels are taken at once, so that each vector of cotangents that
 * is loaded serves three sums.
 *
 * <p>The same lines stand here for one, two and three channels, and for blocks of two and three
 * vectors: sums must have names of their own to stay in registers.
 */
final class PixelGradient {
  private final Tables tables;
  private final float[] cotangents;
  private final CotangentGrid from;
  private final int channels;
  private final int[] active; // channels of the pixel at hand
  private final boolean wideLanes;

  // of the pixel at hand
  private int activeCount;
  private int reference;
  private int[] offsets = {};
  private float[] weights = {};
  private int pixel; // in the map
  private int constant;
  private float[] sums = {};
  private int to;

  /**
   * What the pixels share.
   *
   * @param offsets by parity, of each entry of the merged convolution
   * @param weights by parity, {@code [c][entry]}
   * @param received {@code [pixel][c][o]}, {@code receivedLanes} apart
   * @param terms outputs in it
   * @param coefficients {@code [o][lane]}
   * @param squares {@code [c][c'][lane]}, where {@code squared}
   * @param constants {@code [border class][c][lane]}
   * @param classes border class of each row or column
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tables(
      FeatureMap map,
      int stride,
      int[][] offsets,
      float[][] weights,
      float[] received,
      int receivedLanes,
      int terms,
      float[] coefficients,
      float[] squares,
      boolean squared,
      float[] constants,
      int[] classes) {}

  PixelGradient(Tables tables, Cotangents from) {
    this.tables = tables;
    this.cotangents = from.numbers();
    this.from = from.grid();
    this.channels = tables.map.channels();
    this.active = new int[channels];
    this.wideLanes = from.grid().lanes() == 3 * Lanes.WIDTH;
  }

  /** Adds the gradient of one row of an image to what is there already. */
  void addRow(int image, int y, Cotangents into, int slot) {
    CotangentGrid grid = into.grid();
    int stride = tables.stride;
    float[] values = tables.map.values();
    sums = into.numbers();
    long products = 0;
    for (int x = 0; x < grid.size(); x++) {
      pixel = tables.map.at(image, y, x);
      activeCount = 0;
      for (int c = 0; c < channels; c++) {
        if (values[pixel + c] > 0) {
          active[activeCount++] = c;
        }
      }
      if (activeCount > 0) {
        int parity = y % stride * stride + x % stride;
        offsets = tables.offsets[parity];
        weights = tables.weights[parity];
        reference = image * from.image() + from.at(y / stride, x / stride);
        constant = (tables.classes[y] * 3 + tables.classes[x]) * channels * from.lanes();
        to = into.at(slot, image) + grid.at(y, x);
        addPixel(grid);
        int perChannel = offsets.length + tables.terms + (tables.squared ? activeCount : 0);
        products += (long) activeCount * perChannel * from.lanes();
      }
    }
    into.work().add(products);
  }

  private void addPixel(CotangentGrid grid) {
    int done = 0;
    while (done < activeCount) {
      int left = activeCount - done;
      int first = active[done];
      if (left >= 3 && left != 4) {
        int second = active[done + 1];
        int third = active[done + 2];
        if (wideLanes) {
          threeByThree(grid, first, second, third);
        } else {
          threeByTwo(grid, first, second, third);
        }
        done += 3;
      } else if (left >= 2) {
        int second = active[done + 1];
        if (wideLanes) {
          twoByThree(grid, first, second);
        } else {
          twoByTwo(grid, first, second);
        }
        done += 2;
      } else {
        if (wideLanes) {
          oneByThree(grid, first);
        } else {
          oneByTwo(grid, first);
        }
        done++;
      }
    }
  }

  private void threeByThree(CotangentGrid grid, int first, int second, int third) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int to1 = to + grid.channel(second);
    int to2 = to + grid.channel(third);
    int constant0 = constant + first * 24;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    FloatVector c = load(into, to0 + 16).add(load(constants, constant0 + 16));
    int constant1 = constant + second * 24;
    FloatVector d = load(into, to1).add(load(constants, constant1));
    FloatVector e = load(into, to1 + 8).add(load(constants, constant1 + 8));
    FloatVector f = load(into, to1 + 16).add(load(constants, constant1 + 16));
    int constant2 = constant + third * 24;
    FloatVector g = load(into, to2).add(load(constants, constant2));
    FloatVector h = load(into, to2 + 8).add(load(constants, constant2 + 8));
    FloatVector i = load(into, to2 + 16).add(load(constants, constant2 + 16));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    int w1 = second * entries;
    int w2 = third * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector x2 = load(numbers, at + 16);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
      FloatVector v1 = all(w[w1 + entry]);
      d = v1.fma(x0, d);
      e = v1.fma(x1, e);
      f = v1.fma(x2, f);
      FloatVector v2 = all(w[w2 + entry]);
      g = v2.fma(x0, g);
      h = v2.fma(x1, h);
      i = v2.fma(x2, i);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    int received1 = (pixel + second) * tables.receivedLanes;
    int received2 = (pixel + third) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 24) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector x2 = load(coefficients, at + 16);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
      FloatVector v1 = all(received[received1 + term]);
      d = v1.fma(x0, d);
      e = v1.fma(x1, e);
      f = v1.fma(x2, f);
      FloatVector v2 = all(received[received2 + term]);
      g = v2.fma(x0, g);
      h = v2.fma(x1, h);
      i = v2.fma(x2, i);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 24;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
        c = x.fma(load(squares, square0 + 16), c);
        int square1 = (second * channels + other) * 24;
        d = x.fma(load(squares, square1), d);
        e = x.fma(load(squares, square1 + 8), e);
        f = x.fma(load(squares, square1 + 16), f);
        int square2 = (third * channels + other) * 24;
        g = x.fma(load(squares, square2), g);
        h = x.fma(load(squares, square2 + 8), h);
        i = x.fma(load(squares, square2 + 16), i);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
    c.intoArray(into, to0 + 16);
    d.intoArray(into, to1);
    e.intoArray(into, to1 + 8);
    f.intoArray(into, to1 + 16);
    g.intoArray(into, to2);
    h.intoArray(into, to2 + 8);
    i.intoArray(into, to2 + 16);
  }

  private void twoByThree(CotangentGrid grid, int first, int second) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int to1 = to + grid.channel(second);
    int constant0 = constant + first * 24;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    FloatVector c = load(into, to0 + 16).add(load(constants, constant0 + 16));
    int constant1 = constant + second * 24;
    FloatVector d = load(into, to1).add(load(constants, constant1));
    FloatVector e = load(into, to1 + 8).add(load(constants, constant1 + 8));
    FloatVector f = load(into, to1 + 16).add(load(constants, constant1 + 16));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    int w1 = second * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector x2 = load(numbers, at + 16);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
      FloatVector v1 = all(w[w1 + entry]);
      d = v1.fma(x0, d);
      e = v1.fma(x1, e);
      f = v1.fma(x2, f);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    int received1 = (pixel + second) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 24) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector x2 = load(coefficients, at + 16);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
      FloatVector v1 = all(received[received1 + term]);
      d = v1.fma(x0, d);
      e = v1.fma(x1, e);
      f = v1.fma(x2, f);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 24;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
        c = x.fma(load(squares, square0 + 16), c);
        int square1 = (second * channels + other) * 24;
        d = x.fma(load(squares, square1), d);
        e = x.fma(load(squares, square1 + 8), e);
        f = x.fma(load(squares, square1 + 16), f);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
    c.intoArray(into, to0 + 16);
    d.intoArray(into, to1);
    e.intoArray(into, to1 + 8);
    f.intoArray(into, to1 + 16);
  }

  private void oneByThree(CotangentGrid grid, int first) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int constant0 = constant + first * 24;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    FloatVector c = load(into, to0 + 16).add(load(constants, constant0 + 16));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector x2 = load(numbers, at + 16);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 24) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector x2 = load(coefficients, at + 16);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      c = v0.fma(x2, c);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 24;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
        c = x.fma(load(squares, square0 + 16), c);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
    c.intoArray(into, to0 + 16);
  }

  private void threeByTwo(CotangentGrid grid, int first, int second, int third) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int to1 = to + grid.channel(second);
    int to2 = to + grid.channel(third);
    int constant0 = constant + first * 16;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    int constant1 = constant + second * 16;
    FloatVector c = load(into, to1).add(load(constants, constant1));
    FloatVector d = load(into, to1 + 8).add(load(constants, constant1 + 8));
    int constant2 = constant + third * 16;
    FloatVector e = load(into, to2).add(load(constants, constant2));
    FloatVector f = load(into, to2 + 8).add(load(constants, constant2 + 8));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    int w1 = second * entries;
    int w2 = third * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      FloatVector v1 = all(w[w1 + entry]);
      c = v1.fma(x0, c);
      d = v1.fma(x1, d);
      FloatVector v2 = all(w[w2 + entry]);
      e = v2.fma(x0, e);
      f = v2.fma(x1, f);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    int received1 = (pixel + second) * tables.receivedLanes;
    int received2 = (pixel + third) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 16) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      FloatVector v1 = all(received[received1 + term]);
      c = v1.fma(x0, c);
      d = v1.fma(x1, d);
      FloatVector v2 = all(received[received2 + term]);
      e = v2.fma(x0, e);
      f = v2.fma(x1, f);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 16;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
        int square1 = (second * channels + other) * 16;
        c = x.fma(load(squares, square1), c);
        d = x.fma(load(squares, square1 + 8), d);
        int square2 = (third * channels + other) * 16;
        e = x.fma(load(squares, square2), e);
        f = x.fma(load(squares, square2 + 8), f);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
    c.intoArray(into, to1);
    d.intoArray(into, to1 + 8);
    e.intoArray(into, to2);
    f.intoArray(into, to2 + 8);
  }

  private void twoByTwo(CotangentGrid grid, int first, int second) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int to1 = to + grid.channel(second);
    int constant0 = constant + first * 16;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    int constant1 = constant + second * 16;
    FloatVector c = load(into, to1).add(load(constants, constant1));
    FloatVector d = load(into, to1 + 8).add(load(constants, constant1 + 8));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    int w1 = second * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      FloatVector v1 = all(w[w1 + entry]);
      c = v1.fma(x0, c);
      d = v1.fma(x1, d);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    int received1 = (pixel + second) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 16) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
      FloatVector v1 = all(received[received1 + term]);
      c = v1.fma(x0, c);
      d = v1.fma(x1, d);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 16;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
        int square1 = (second * channels + other) * 16;
        c = x.fma(load(squares, square1), c);
        d = x.fma(load(squares, square1 + 8), d);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
    c.intoArray(into, to1);
    d.intoArray(into, to1 + 8);
  }

  private void oneByTwo(CotangentGrid grid, int first) {
    float[] numbers = cotangents;
    float[] into = sums;
    float[] constants = tables.constants;
    int to0 = to + grid.channel(first);
    int constant0 = constant + first * 16;
    FloatVector a = load(into, to0).add(load(constants, constant0));
    FloatVector b = load(into, to0 + 8).add(load(constants, constant0 + 8));
    int[] places = offsets;
    float[] w = weights;
    int entries = places.length;
    int w0 = first * entries;
    for (int entry = 0; entry < entries; entry++) {
      int at = reference + places[entry];
      FloatVector x0 = load(numbers, at);
      FloatVector x1 = load(numbers, at + 8);
      FloatVector v0 = all(w[w0 + entry]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
    }
    float[] received = tables.received;
    float[] coefficients = tables.coefficients;
    int terms = tables.terms;
    int received0 = (pixel + first) * tables.receivedLanes;
    for (int term = 0, at = 0; term < terms; term++, at += 16) {
      FloatVector x0 = load(coefficients, at);
      FloatVector x1 = load(coefficients, at + 8);
      FloatVector v0 = all(received[received0 + term]);
      a = v0.fma(x0, a);
      b = v0.fma(x1, b);
    }
    if (tables.squared) {
      float[] squares = tables.squares;
      float[] values = tables.map.values();
      for (int n = 0; n < activeCount; n++) {
        int other = active[n];
        FloatVector x = all(values[pixel + other]);
        int square0 = (first * channels + other) * 16;
        a = x.fma(load(squares, square0), a);
        b = x.fma(load(squares, square0 + 8), b);
      }
    }
    a.intoArray(into, to0);
    b.intoArray(into, to0 + 8);
  }
}
