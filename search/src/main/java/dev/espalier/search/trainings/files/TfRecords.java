package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of a TFRecord file, one after another: the length (8 bytes, little-endian), its
 * masked CRC-32C, the content, its masked CRC-32C.
 */
final class TfRecords {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  /** One record of a table is some hundred bytes. */
  private static final int MOST_BYTES = 64 << 20;

  private final String name;
  private final InputStream in;
  private final CRC32C crc = new CRC32C();
  private long number;
  private long position;
  private long start;

  /**
   * @param name for messages
   */
  TfRecords(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * The content of the next record; null after the last.
   *
   * @throws InvalidInput if it is truncated or damaged, with where that is
   */
  byte @Nullable [] next() throws IOException {
    start = position;
    number++;
    byte[] header = bytes(HEADER);
    if (header.length == 0) {
      return null;
    }
    requireWhole(header, HEADER, "its length and the CRC of it");
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong();
    checkCrc("length", header, Long.BYTES, buffer.getInt());
    if (length < 0 || length > MOST_BYTES) {
      throw problem("it says that it has %,d bytes: no record of a table has".formatted(length));
    }
    byte[] content = bytes((int) length);
    requireWhole(content, length, "its content");
    byte[] footer = bytes(Integer.BYTES);
    requireWhole(footer, Integer.BYTES, "the CRC of its content");
    checkCrc(
        "content",
        content,
        content.length,
        ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).getInt());
    return content;
  }

  private byte[] bytes(int count) throws IOException {
    try {
      byte[] bytes = in.readNBytes(count);
      position += bytes.length;
      return bytes;
    } catch (EOFException e) {
      throw problem("it is truncated: the compressed file ends early: get it again");
    }
  }

  private void requireWhole(byte[] bytes, long expected, String what) {
    if (bytes.length < expected) {
      throw problem(
          "it is truncated: %s should have %,d bytes, but the file ends after %,d of them: get it again"
              .formatted(what, expected, bytes.length));
    }
  }

  private void checkCrc(String what, byte[] bytes, int length, int expected) {
    int found = masked(crc, bytes, length);
    if (found != expected) {
      throw problem(
          "it is damaged: its %s has the CRC %08x, but %08x is written beside it: get the file again"
              .formatted(what, found, expected));
    }
  }

  /** Rotated right by 15 bits, and moved by a constant, as the format wants it. */
  private static int masked(CRC32C crc, byte[] bytes, int length) {
    crc.reset();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /** Writes a record. */
  static void write(byte[] content, OutputStream out) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer record =
        ByteBuffer.allocate(HEADER + content.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(masked(crc, record.array(), Long.BYTES));
    record.put(content).putInt(masked(crc, content, content.length));
    out.write(record.array());
  }

  /** How many records came. */
  long number() {
    return number;
  }

  /** What is wrong with the record that came last. */
  InvalidInput problem(String what) {
    return new InvalidInput(
        "%s: record %,d (at byte %,d): %s".formatted(name, number, start, what));
  }
}
