package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long an HDF5 file says that it is: in its first block, of whichever version. */
final class Hdf5Extent {
  private static final int BLOCK = 96;
  private static final int VERSION = 8;

  private Hdf5Extent() {}

  /**
   * Compares with what is there.
   *
   * @throws InvalidInput if bytes are lacking
   */
  static void check(String name, Path file) throws IOException {
    ByteBuffer block;
    try (InputStream in = Files.newInputStream(file)) {
      block = ByteBuffer.wrap(in.readNBytes(BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    }
    long length = Files.size(file);
    if (length < BLOCK) {
      throw truncated(name, length, "its first block alone has more");
    }
    // Behind the version: the widths of addresses, then base, extension or free space, end of file.
    int version = block.get(VERSION);
    int width = block.get(version < 2 ? 13 : 9);
    int addresses = version == 0 ? 24 : version == 1 ? 28 : 12;
    if (version > 3 || width != Long.BYTES) {
      return; // the library knows better
    }
    long end = block.getLong(addresses + 2 * width);
    if (length < end) {
      throw truncated(name, length, "it should have %,d".formatted(end));
    }
  }

  private static InvalidInput truncated(String name, long length, String expected) {
    return new InvalidInput(
        "%s: is truncated: the HDF5 file has %,d bytes, but %s: get it again"
            .formatted(name, length, expected));
  }
}
