package dev.espalier.search.space.parallel;

import dev.espalier.search.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** The 300 networks of NAS_with_GNN_predictor and the evolved one (golden/gnn_evolution). */
final class PublishedNetworks {
  private static final int BITS = 30;

  private PublishedNetworks() {}

  static List<boolean[]> bits() throws IOException {
    return rows("bits.npy", 300);
  }

  static boolean[] evolved() throws IOException {
    return rows("evolved_bits.npy", 1).getFirst();
  }

  /** Rows of single bytes, 0 or 1. */
  private static List<boolean[]> rows(String name, int count) throws IOException {
    ByteBuffer bytes;
    try (ZipFile npz =
        new ZipFile(SharedData.file("golden/gnn_evolution/architectures.npz").toFile())) {
      bytes =
          ByteBuffer.wrap(npz.getInputStream(npz.getEntry(name)).readAllBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    // An npy file of version 1: magic, version, length of the header, header, data.
    int header = bytes.getShort(8);
    String description = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII);
    if (!description.contains("i1") && !description.contains("u1")) {
      throw new AssertionError(name + " holds other numbers than bytes: " + description);
    }
    List<boolean[]> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      boolean[] bits = new boolean[BITS];
      for (int i = 0; i < BITS; i++) {
        bits[i] = bytes.get(10 + header + row * BITS + i) == 1;
      }
      rows.add(bits);
    }
    return rows;
  }
}
