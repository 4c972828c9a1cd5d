package dev.espalier.learning.features;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Features in their canonical file, read from where the system maps it: whatever its size, only the
 * pages that are drawn from are in memory. It is let go of when nobody holds this any more.
 *
 * <p>The file is a line of canonical JSON ({@link FeatureHeader}), then the rows of the first
 * class, those of the second and so on, single precision, little-endian.
 */
public final class FeatureFile implements ClassFeatures {
  static final String FORMAT = "espalier-features/1";
  private static final int LONGEST_HEADER = 1 << 24;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment file;
  private final FeatureHeader header;
  private final long[] begins; // bytes before the first row of each class
  private final String digest;

  /** The first line. */
  record First(String format, @JsonUnwrapped FeatureHeader header) {}

  private FeatureFile(String name, MemorySegment file, String digest) {
    this.file = file;
    int end = headerEnd(name, file);
    this.header = header(name, file, end);
    this.begins = new long[header.counts().size()];
    long at = end + 1L;
    for (int i = 0; i < begins.length; i++) {
      begins[i] = at;
      at += (long) header.counts().get(i) * header.width() * Float.BYTES;
    }
    if (at != file.byteSize()) {
      throw new InvalidInput(
          "%s has %,d bytes, but %,d belong to %,d rows of %,d numbers: copy it again"
              .formatted(name, file.byteSize(), at, header.rows(), header.width()));
    }
    this.digest = digest.isEmpty() ? sha256() : digest;
  }

  /**
   * Opens a file of features, and computes its digest.
   *
   * @param name for messages
   * @throws InvalidInput if it is something else or cut short
   */
  public static FeatureFile open(String name, Path path) throws IOException {
    return open(name, path, "");
  }

  /**
   * Opens a file whose digest is known, since it was fetched under it; the bytes are not read.
   *
   * @param digest SHA-256, lower-case hex
   */
  public static FeatureFile open(String name, Path path, String digest) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return new FeatureFile(
          name,
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()),
          digest);
    }
  }

  private static int headerEnd(String name, MemorySegment file) {
    long most = Math.min(file.byteSize(), LONGEST_HEADER);
    for (int end = 0; end < most; end++) {
      byte next = file.get(ValueLayout.JAVA_BYTE, end);
      if (next == '\n') {
        return end;
      }
      if (end == 0 && next != '{') {
        break;
      }
    }
    throw new InvalidInput(notFeatures(name));
  }

  private static FeatureHeader header(String name, MemorySegment file, int end) {
    byte[] line = file.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE);
    try {
      First first = Json.mapper().readValue(new String(line, StandardCharsets.UTF_8), First.class);
      if (FORMAT.equals(first.format())) {
        return first.header();
      }
    } catch (JsonProcessingException e) {
      throw new InvalidInput(notFeatures(name), e);
    }
    throw new InvalidInput(notFeatures(name));
  }

  private static String notFeatures(String name) {
    return name + " is no file of features: give one that espalier data export has written";
  }

  private String sha256() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (long at = 0; at < file.byteSize(); at += part.length) {
        int length = (int) Math.min(part.length, file.byteSize() - at);
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, part, 0, length);
        sha.update(part, 0, length);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What it is of. */
  public FeatureHeader header() {
    return header;
  }

  @Override
  public int classes() {
    return begins.length;
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int count(int classNumber) {
    return header.counts().get(classNumber);
  }

  @Override
  public void row(int classNumber, int image, float[] into, int at) {
    Objects.checkIndex(image, count(classNumber));
    long from = begins[classNumber] + (long) image * width() * Float.BYTES;
    MemorySegment.copy(file, FLOAT, from, into, at, width());
  }

  @Override
  public String digest() {
    return digest;
  }
}
