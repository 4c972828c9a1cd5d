package dev.espalier.search.trainings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what a table holds, in its order, whatever file it came from or is kept in. */
final class TrainingDigest {
  private static final int STEP = 16_384;

  private final MessageDigest digest;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(STEP * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private TrainingDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Of names as lines, then the parameters, then each column as numbers of four bytes,
   * little-endian.
   */
  static String of(TrainingTable table, int[] parameters, float[][] columns) {
    TrainingDigest digest = new TrainingDigest();
    digest.line(
        "trainings %s %s %d %d"
            .formatted(table.space(), table.epochs(), table.trainings(), table.size()));
    table.architectures().forEach(digest::line);
    digest.numbers(parameters);
    for (float[] column : columns) {
      digest.numbers(column);
    }
    return HexFormat.of().formatHex(digest.digest.digest());
  }

  private void line(String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void numbers(int[] numbers) {
    for (int from = 0; from < numbers.length; from += STEP) {
      int count = Math.min(STEP, numbers.length - from);
      buffer.clear().asIntBuffer().put(numbers, from, count);
      digest.update(buffer.array(), 0, count * Integer.BYTES);
    }
  }

  /** All that is not a number is the same. */
  private void numbers(float[] numbers) {
    for (int from = 0; from < numbers.length; from += STEP) {
      int count = Math.min(STEP, numbers.length - from);
      buffer.clear();
      for (int i = from; i < from + count; i++) {
        buffer.putInt(Float.floatToIntBits(numbers[i]));
      }
      digest.update(buffer.array(), 0, count * Integer.BYTES);
    }
  }
}
