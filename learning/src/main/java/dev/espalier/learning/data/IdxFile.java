package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** What one IDX file holds. */
final class IdxFile {
  private final int[] dimensions;
  private final byte[] bytes;

  private IdxFile(int[] dimensions, byte[] bytes) {
    this.dimensions = dimensions;
    this.bytes = bytes;
  }

  int size(int dimension) {
    return dimensions[dimension];
  }

  byte[] bytes() {
    return bytes;
  }

  static IdxFile read(Path file, int magic, int rank) throws IOException {
    String fileName = file.getFileName().toString();
    try (DataInputStream in = new DataInputStream(Input.of("idx: " + file, file).open())) {
      int found = in.readInt();
      if (found != magic) {
        throw new InvalidInput(
            "idx: %s begins with 0x%08x, expected 0x%08x: it is not an IDX file of %s"
                .formatted(fileName, found, magic, rank == 3 ? "images" : "labels"));
      }
      int[] dimensions = new int[rank];
      long expected = 1;
      for (int i = 0; i < rank; i++) {
        dimensions[i] = in.readInt();
        expected = dimensions[i] < 0 ? Long.MAX_VALUE : Math.multiplyExact(expected, dimensions[i]);
        if (expected > Images.MAXIMUM_BYTES) {
          throw new InvalidInput(
              "idx: the header of %s claims more than %,d bytes: the file is damaged"
                  .formatted(fileName, Images.MAXIMUM_BYTES));
        }
      }
      return new IdxFile(dimensions, body(in, fileName, (int) expected));
    } catch (EOFException e) {
      throw new InvalidInput(
          "idx: %s ends within its header (found %,d bytes): copy it again"
              .formatted(fileName, Files.size(file)),
          e);
    } catch (ZipException e) {
      throw new InvalidInput(
          "idx: %s is not a sound gzip file: copy it again".formatted(fileName), e);
    }
  }

  /** No more room is made than bytes come. */
  private static byte[] body(InputStream in, String fileName, int expected) throws IOException {
    byte[] bytes;
    CountedStream counted = new CountedStream(in);
    try {
      bytes = counted.readNBytes(expected);
    } catch (EOFException cutWithinCompressedData) {
      throw shortFile(fileName, counted.count(), expected, cutWithinCompressedData);
    }
    if (bytes.length < expected) {
      throw shortFile(fileName, bytes.length, expected, null);
    }
    if (in.read() >= 0) {
      throw new InvalidInput(
          "idx: %s goes on after the %,d bytes that its header announces: it is damaged"
              .formatted(fileName, expected));
    }
    return bytes;
  }

  private static InvalidInput shortFile(
      String fileName, long found, int expected, @Nullable Throwable cause) {
    String message =
        "idx: %s is %,d bytes short (found %,d bytes of data, expected %,d): copy it again"
            .formatted(fileName, expected - found, found, expected);
    return cause == null ? new InvalidInput(message) : new InvalidInput(message, cause);
  }
}
