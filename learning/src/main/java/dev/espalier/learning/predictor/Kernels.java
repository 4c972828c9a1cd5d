package dev.espalier.learning.predictor;

/**
 * Products of small matrices and elementwise functions in single precision.
 *
 * <p>Written as loops over whole rows, which the just-in-time compiler turns into vector
 * instructions. Every number is computed by the same operations in the same order whatever stands
 * beside it, fused multiply-adds are asked for by name, and no function of the platform's library
 * is called: so the bits do not depend on the batch, the processor or its vector width.
 */
final class Kernels {
  private Kernels() {}

  /** {@code out[r, n] += x[r, k] w[k, n]}. */
  static void multiplyAdd(
      float[][] x, float[][] w, float[][] out, int rows, int inner, int columns) {
    int even = rows & ~1;
    int fours = inner & ~3;
    for (int i = 0; i < fours; i += 4) {
      for (int r = 0; r < even; r += 2) {
        float[] a = x[r];
        float[] b = x[r + 1];
        addTwice(
            out[r],
            out[r + 1],
            w[i],
            w[i + 1],
            w[i + 2],
            w[i + 3],
            a[i],
            a[i + 1],
            a[i + 2],
            a[i + 3],
            b[i],
            b[i + 1],
            b[i + 2],
            b[i + 3],
            columns);
      }
      if (even < rows) {
        float[] a = x[even];
        addFour(
            out[even], w[i], w[i + 1], w[i + 2], w[i + 3], a[i], a[i + 1], a[i + 2], a[i + 3],
            columns);
      }
    }
    for (int i = fours; i < inner; i++) {
      for (int r = 0; r < rows; r++) {
        addScaled(out[r], w[i], x[r][i], columns);
      }
    }
  }

  private static void addTwice(
      float[] out0,
      float[] out1,
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float a0,
      float a1,
      float a2,
      float a3,
      float b0,
      float b1,
      float b2,
      float b3,
      int n) {
    for (int j = 0; j < n; j++) {
      float v0 = w0[j];
      float v1 = w1[j];
      float v2 = w2[j];
      float v3 = w3[j];
      out0[j] = Math.fma(a3, v3, Math.fma(a2, v2, Math.fma(a1, v1, Math.fma(a0, v0, out0[j]))));
      out1[j] = Math.fma(b3, v3, Math.fma(b2, v2, Math.fma(b1, v1, Math.fma(b0, v0, out1[j]))));
    }
  }

  private static void addFour(
      float[] out,
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float a0,
      float a1,
      float a2,
      float a3,
      int n) {
    for (int j = 0; j < n; j++) {
      out[j] =
          Math.fma(
              a3, w3[j], Math.fma(a2, w2[j], Math.fma(a1, w1[j], Math.fma(a0, w0[j], out[j]))));
    }
  }

  /** {@code out += factor x}, the first {@code n} of each. */
  static void addScaled(float[] out, float[] x, float factor, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.fma(factor, x[j], out[j]);
    }
  }

  /** {@code out = factor x}. */
  static void scale(float[] out, float[] x, float factor, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = factor * x[j];
    }
  }

  /** The inner product of whole rows, summed in eight interleaved parts. */
  static float dot(float[] x, float[] y) {
    int n = x.length;
    int eights = n & ~7;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < eights; i += 8) {
      s0 = Math.fma(x[i], y[i], s0);
      s1 = Math.fma(x[i + 1], y[i + 1], s1);
      s2 = Math.fma(x[i + 2], y[i + 2], s2);
      s3 = Math.fma(x[i + 3], y[i + 3], s3);
      s4 = Math.fma(x[i + 4], y[i + 4], s4);
      s5 = Math.fma(x[i + 5], y[i + 5], s5);
      s6 = Math.fma(x[i + 6], y[i + 6], s6);
      s7 = Math.fma(x[i + 7], y[i + 7], s7);
    }
    for (int i = eights; i < n; i++) {
      s0 = Math.fma(x[i], y[i], s0);
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
  }

  /** {@code out[j, i] = x[i, j]} for the first {@code rows} of {@code x}. */
  static void transpose(float[][] x, float[][] out, int rows, int columns) {
    int eights = rows & ~7;
    for (int i = 0; i < eights; i += 8) {
      transposeEight(
          x[i], x[i + 1], x[i + 2], x[i + 3], x[i + 4], x[i + 5], x[i + 6], x[i + 7], out, i,
          columns);
    }
    for (int i = eights; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j][i] = x[i][j];
      }
    }
  }

  private static void transposeEight(
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] x4,
      float[] x5,
      float[] x6,
      float[] x7,
      float[][] out,
      int i,
      int columns) {
    for (int j = 0; j < columns; j++) {
      float[] row = out[j];
      row[i] = x0[j];
      row[i + 1] = x1[j];
      row[i + 2] = x2[j];
      row[i + 3] = x3[j];
      row[i + 4] = x4[j];
      row[i + 5] = x5[j];
      row[i + 6] = x6[j];
      row[i + 7] = x7[j];
    }
  }

  /**
   * The hyperbolic tangent, within 3e-7: the rational approximation of the Eigen library
   * (eigen.tuxfamily.org, {@code ptanh_float}), odd in {@code x}, constant beyond 7.9.
   */
  static float tanh(float x) {
    float c = Math.max(-7.905311f, Math.min(7.905311f, x));
    float s = c * c;
    float p = -2.7607684e-16f;
    p = Math.fma(p, s, 2.000188e-13f);
    p = Math.fma(p, s, -8.604672e-11f);
    p = Math.fma(p, s, 5.1222973e-8f);
    p = Math.fma(p, s, 1.48572235e-5f);
    p = Math.fma(p, s, 6.3726195e-4f);
    p = Math.fma(p, s, 0.0048935246f);
    float q = 1.1982584e-6f;
    q = Math.fma(q, s, 1.1853471e-4f);
    q = Math.fma(q, s, 0.0022684347f);
    q = Math.fma(q, s, 0.004893525f);
    return p * c / q;
  }

  /** {@code 1 / (1 + exp(-x))}, within 3e-7. */
  static float sigmoid(float x) {
    return Math.fma(0.5f, tanh(0.5f * x), 0.5f);
  }

  /** The logistic function of one number, exact to double precision. */
  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** LeakyReLU with slope 0.01 below zero, in place. */
  static void leaky(float[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Math.max(x[j], 0.01f * x[j]);
    }
  }

  /** {@code gradient *= slope}, where {@code y} is what {@link #leaky} gave. */
  static void leakyBackward(float[] y, float[] gradient) {
    for (int j = 0; j < y.length; j++) {
      gradient[j] = y[j] > 0 ? gradient[j] : 0.01f * gradient[j];
    }
  }
}
