package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Finds cells by their official hashes. To hash all cells takes some ten seconds of a core, so the
 * first two bytes of each hash are a resource, in the order of the cells' numbers: {@code
 * bench/nas-bench-101 write=FILE} wrote it. The few cells whose hashes begin alike are hashed.
 */
final class HashIndex {
  private static final String RESOURCE = "hashes.bin";

  /** Of each hash. */
  private static final int BYTES = 2;

  private final byte[] beginnings;

  private HashIndex(byte[] beginnings) {
    this.beginnings = beginnings;
  }

  /** Read once, when the first cell is asked for. */
  static HashIndex get() {
    return Read.INDEX;
  }

  private static final class Read {
    static final HashIndex INDEX = read();
  }

  private static HashIndex read() {
    try (InputStream in = HashIndex.class.getResourceAsStream(RESOURCE)) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      if (bytes.length != BYTES * AllCells.COUNT) {
        throw new IllegalStateException(
            "the resource %s has %,d bytes, not two for each of %,d cells"
                .formatted(RESOURCE, bytes.length, AllCells.COUNT));
      }
      return new HashIndex(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first two bytes of the hash of the cell of this number, as a number. */
  int beginning(int number) {
    return ((beginnings[BYTES * number] & 0xFF) << Byte.SIZE)
        | (beginnings[BYTES * number + 1] & 0xFF);
  }

  /**
   * The cell of a hash.
   *
   * @throws InvalidInput if no cell has it
   */
  GraphCell cell(String hash) {
    String wanted = hash.toLowerCase(Locale.ROOT);
    if (!wanted.matches("[0-9a-f]{32}")) {
      throw new InvalidInput(
          "a NAS-Bench-101 hash has 32 hexadecimal digits, but was \"%s\"".formatted(hash));
    }
    int beginning = Integer.parseInt(wanted.substring(0, 2 * BYTES), 16);
    for (int number = 0; number < AllCells.COUNT; number++) {
      if (beginning(number) == beginning) {
        GraphCell cell = GraphCell.ofIndex(number);
        if (cell.hash().equals(wanted)) {
          return cell;
        }
      }
    }
    throw new InvalidInput(
        "no cell of NAS-Bench-101 has the hash %s: was a digit lost? Give the matrix and the operations instead"
            .formatted(hash));
  }
}
