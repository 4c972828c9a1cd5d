package dev.espalier.search.random;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A short stream of random numbers with a name: the seed and a path such as {@code "indicator",
 * "weights", round, repeat}. The same name gives the same numbers on every machine and in every
 * restart.
 *
 * <p>The name is hashed with SHA-256 into the state of an {@code L64X128MixRandom}; everything
 * beyond its 64-bit output is computed here, with {@link StrictMath} only, so that no library
 * change can move a bit. Streams are cheap (some microseconds): make one for each purpose rather
 * than passing one around. Not safe for several threads.
 */
public final class RandomStream {
  private static final RandomGeneratorFactory<RandomGenerator> GENERATOR =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator generator;
  private boolean hasSpare;
  private double spare;

  private RandomStream(byte[] state) {
    this.generator = GENERATOR.create(state);
  }

  /**
   * The stream of this seed and path.
   *
   * @param path texts and whole numbers; {@code 3} and {@code 3L} are the same, {@code "3"} is
   *     another
   */
  public static RandomStream of(long seed, Object... path) {
    return new RandomStream(digest(name(seed, path)));
  }

  /** Every element with its type and length, so that no two paths share a name. */
  private static byte[] name(long seed, Object... path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(seed);
      for (Object element : path) {
        switch (element) {
          case String text -> {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeByte('s');
            out.writeInt(utf8.length);
            out.write(utf8);
          }
          case Integer number -> writeNumber(out, number);
          case Long number -> writeNumber(out, number);
          default ->
              throw new IllegalArgumentException(
                  "a stream's path is made of texts and whole numbers, not of "
                      + element.getClass().getName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    out.writeByte('n');
    out.writeLong(number);
  }

  private static byte[] digest(byte[] name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public long nextLong() {
    return generator.nextLong();
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Uniform in 0..bound-1, without bias (Lemire 2019, with 32-bit words). */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, but was " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFF_FFFFL;
    if (low < bound) {
      long threshold = (0x1_0000_0000L - bound) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFF_FFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** Normal with mean 0 and deviation 1 (Marsaglia's polar method). */
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double square = x * x + y * y;
      if (square > 0 && square < 1) {
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * factor;
        hasSpare = true;
        return x * factor;
      }
    }
  }

  /** The numbers 0..n-1 in random order (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int last = n - 1; last > 0; last--) {
      int other = nextInt(last + 1);
      int moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /** Fills with normal numbers of mean 0. */
  public void fillGaussian(float[] out, double std) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (nextGaussian() * std);
    }
  }

  /** Fills with uniform numbers between low and high. */
  public void fillUniform(float[] out, double low, double high) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (low + (high - low) * nextDouble());
    }
  }
}
