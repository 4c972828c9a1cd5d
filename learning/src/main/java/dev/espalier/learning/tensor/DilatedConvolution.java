package dev.espalier.learning.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Depthwise convolution whose taps lie {@code d} pixels apart, by ordinary ones: pixels of one
 * remainder of row and column by {@code d} only ever meet each other, so each such part of the
 * image is convolved by itself, as an image of its own. The same sums; the engine's backward pass
 * takes half of the time, since it has fast code for neighbouring taps only.
 *
 * @param weight {@code [c, 1, k, k]}, {@code k} odd
 */
record DilatedConvolution(Tensor weight, int stride, int dilation) {

  /** {@code [b, c, h, w] -> [b, c, ceil(h / stride), ceil(w / stride)]}. */
  @Nullable Tensor apply(Tensor x) {
    if (stride % dilation == 0) { // only the first part is asked for
      Tensor first = x.everyNth(2, dilation).everyNth(3, dilation); // [b, c, h/d, w/d]
      return Ops.depthwiseConvolution(first, weight, stride / dilation, 1);
    }
    return stride == 1 ? ofAllParts(x) : null;
  }

  private Tensor ofAllParts(Tensor x) {
    long d = dilation;
    long b = x.dimension(0);
    long c = x.dimension(1);
    int rows = (int) Math.floorMod(-x.dimension(2), d);
    int columns = (int) Math.floorMod(-x.dimension(3), d);
    Tensor whole = rows + columns == 0 ? x : Ops.padded(x, rows, columns);
    long h = whole.dimension(2) / d;
    long w = whole.dimension(3) / d;
    Tensor parts =
        whole
            .permute(0, 2, 3, 1) // [b, h, w, c]
            .reshape(b, h, d, w, d, c)
            .permute(2, 4, 0, 1, 3, 5)
            .reshape(d * d * b, h, w, c)
            .permute(0, 3, 1, 2); // [d d b, c, h/d, w/d]
    Tensor convolved =
        Ops.depthwiseConvolution(parts, weight, 1, 1)
            .permute(0, 2, 3, 1)
            .reshape(d, d, b, h, w, c)
            .permute(2, 3, 0, 4, 1, 5)
            .reshape(b, h * d, w * d, c)
            .permute(0, 3, 1, 2); // [b, c, h, w]
    return rows + columns == 0
        ? convolved
        : convolved.narrow(2, 0, x.dimension(2)).narrow(3, 0, x.dimension(3));
  }
}
