package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds cells by their official hashes. All hashes are computed once, when the first is asked for:
 * some seconds. Kept are the first 45 bits of each with the cell's number behind them, sorted; what
 * is found is hashed again.
 */
final class HashIndex {
  private static final int NUMBER_BITS = 19;
  private static final long NUMBER = (1L << NUMBER_BITS) - 1;
  private static final int CHUNK = 4_096;

  private final long[] sorted;

  private HashIndex(long[] sorted) {
    this.sorted = sorted;
  }

  static HashIndex get() {
    return Found.INDEX;
  }

  private static final class Found {
    static final HashIndex INDEX = compute();
  }

  static HashIndex compute() {
    AllCells all = AllCells.get();
    long[] hashes = new long[AllCells.COUNT];
    IntStream.range(0, Math.ceilDiv(hashes.length, CHUNK))
        .parallel()
        .forEach(chunk -> {
          ModuleHash hash = new ModuleHash();
          int end = Math.min(hashes.length, (chunk + 1) * CHUNK);
          for (int number = chunk * CHUNK; number < end; number++) {
            int vertices = all.vertices(number);
            int code = all.code(number);
            long prefix =
                hash.prefix(
                    vertices, GraphCode.edges(vertices, code), GraphCode.labels(vertices, code));
            hashes[number] = (prefix & ~NUMBER) | number;
          }
        });
    Arrays.sort(hashes);
    return new HashIndex(hashes);
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
    long prefix = Long.parseUnsignedLong(wanted.substring(0, 16), 16) & ~NUMBER;
    int from = Arrays.binarySearch(sorted, prefix);
    for (int i = from < 0 ? -1 - from : from;
        i < sorted.length && (sorted[i] & ~NUMBER) == prefix;
        i++) {
      GraphCell cell = GraphCell.ofIndex((int) (sorted[i] & NUMBER));
      if (cell.hash().equals(wanted)) {
        return cell;
      }
    }
    throw new InvalidInput(
        "no cell of NAS-Bench-101 has the hash %s: was a digit lost? Give the matrix and the operations instead"
            .formatted(hash));
  }
}
