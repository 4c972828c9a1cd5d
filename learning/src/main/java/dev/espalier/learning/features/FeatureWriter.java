package dev.espalier.learning.features;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a {@link FeatureFile} row by row, class by class, then {@link #close}. */
public final class FeatureWriter implements AutoCloseable {
  private final OutputStream out;
  private final FeatureHeader header;
  private final ByteBuffer row;
  private long rows;

  /** Takes the stream over. */
  public FeatureWriter(OutputStream out, FeatureHeader header) throws IOException {
    this.out = out;
    this.header = header;
    this.row = ByteBuffer.allocate(header.width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    String first = CanonicalJson.of(new FeatureFile.First(FeatureFile.FORMAT, header));
    out.write((first + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds the next image's features.
   *
   * @param values where they stand, from {@code from} on
   * @throws InvalidInput if one is no number: NaN or infinite
   */
  public void row(float[] values, int from) throws IOException {
    row.clear();
    for (int i = 0; i < header.width(); i++) {
      float value = values[from + i];
      if (!Float.isFinite(value)) {
        throw new InvalidInput(
            "feature %d of image %,d is %s: features are finite numbers"
                .formatted(i, rows + 1, value));
      }
      row.putFloat(value);
    }
    out.write(row.array());
    rows++;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /**
   * Ends the file.
   *
   * @throws IllegalStateException if other rows were written than the header promised
   */
  public void finish() throws IOException {
    if (rows != header.rows()) {
      throw new IllegalStateException(
          "%,d rows were written, but %,d were to come".formatted(rows, header.rows()));
    }
    out.flush();
  }
}
