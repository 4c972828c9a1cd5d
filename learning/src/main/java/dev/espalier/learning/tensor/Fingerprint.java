package dev.espalier.learning.tensor;

import dev.espalier.search.canonical.Digest;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A digest of fixed small computations, whose bits show by which instructions, and in which order,
 * the engine sums. A check, not a proof: large matrices may be cut up in yet other ways.
 */
final class Fingerprint {
  private final Torch torch;
  private final ByteBuffer bits = ByteBuffer.allocate(1 << 20);
  private int state = 1;

  private Fingerprint(Torch torch) {
    this.torch = torch;
  }

  /** That of this engine; takes some milliseconds. */
  static String of(Torch torch) {
    return new Fingerprint(torch).digest();
  }

  private String digest() {
    try (Scope _ = torch.recording()) {
      products();
      network();
      functions();
    }
    byte[] written = new byte[bits.position()];
    bits.flip().get(written);
    return Digest.sha256(written);
  }

  /** MKL: matrix products in both precisions, shapes that fill vectors and shapes that do not. */
  private void products() {
    note(numbers(37, 53).matmul(numbers(53, 41)));
    note(numbers(64, 300).matmul(numbers(300, 48)));
    note(numbers(3, 17, 29).matmul(numbers(3, 29, 11)));
    note(numbers(33, 70).to(Precision.FLOAT64).matmul(numbers(70, 19).to(Precision.FLOAT64)));
  }

  /** oneDNN: convolution and batch normalisation, forward and backward. */
  private void network() {
    try (Tensor weight = torch.leaf(values(24 * 16 * 3 * 3), 24, 16, 3, 3);
        Tensor scale = torch.leaf(values(24), 24);
        Tensor shift = torch.leaf(values(24), 24);
        Tensor mean = torch.buffer(new float[24], 24);
        Tensor variance = torch.buffer(values(24), 24)) {
      Tensor images = numbers(5, 16, 13, 13); // [b, c, h, w]
      Tensor features = Ops.convolution(images, weight, 1); // [b, o, h, w]
      Tensor normal =
          Ops.batchNorm(
              features, new Ops.Normalization(scale, shift, mean, variance), true, 0.1, 1e-5);
      Tensor loss = Ops.globalAverage(Ops.relu(normal)).square().sum();
      note(normal);
      note(loss);
      Gradients.of(loss, List.of(weight, scale, shift)).forEach(this::note);
    }
  }

  /** libtorch's own kernels: sums and functions. */
  private void functions() {
    Tensor x = numbers(61, 127);
    note(x.sum());
    note(x.sum(false, 1));
    note(x.mean(0, false));
    note(Ops.logSoftmax(x, 1));
    note(x.exp());
    note(x.tanh());
    note(x.sigmoid());
    note(x.square().add(1).log());
    note(x.square().sqrt());
  }

  private Tensor numbers(long... shape) {
    int size = 1;
    for (long extent : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(extent));
    }
    return torch.tensor(values(size), shape);
  }

  /**
   * Numbers between -1 and 1 from a linear congruential generator (Numerical Recipes' constants).
   */
  private float[] values(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >> 8) / (float) (1 << 23);
    }
    return values;
  }

  private void note(Tensor tensor) {
    if (tensor.precision() == Precision.FLOAT64) {
      for (double value : tensor.toDoubles()) {
        bits.putLong(Double.doubleToRawLongBits(value));
      }
    } else {
      for (float value : tensor.toFloats()) {
        bits.putInt(Float.floatToRawIntBits(value));
      }
    }
  }
}
