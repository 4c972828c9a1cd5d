package dev.espalier.learning.space.parallel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The architectures of NAS_with_GNN_predictor and their costs (golden/gnn_evolution). */
final class GoldenOperations {
  private static final String FOLDER = "golden/gnn_evolution/";

  private GoldenOperations() {}

  /** {@code arch_params}, {@code evolved_params} and more. */
  static JsonNode costs() {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(SharedFiles.of(FOLDER + "macs.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code bits} (300 architectures) or {@code evolved_bits} (one). */
  static List<ParallelArchitecture> architectures(String name) {
    byte[] bytes = bytes(name);
    int bits = ParallelSpace.PUBLISHED.shape().bits();
    List<ParallelArchitecture> architectures = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += bits) {
      boolean[] selected = new boolean[bits];
      for (int i = 0; i < bits; i++) {
        selected[i] = bytes[from + i] == 1;
      }
      architectures.add(ParallelSpace.PUBLISHED.of(selected));
    }
    return architectures;
  }

  /** The numbers of an array of bytes, behind a header of which the first lines tell the length. */
  private static byte[] bytes(String name) {
    try (ZipFile file = new ZipFile(SharedFiles.of(FOLDER + "architectures.npz").toFile())) {
      ZipEntry entry = file.getEntry(name + ".npy");
      byte[] all = file.getInputStream(entry).readAllBytes();
      int header = 10 + (all[8] & 0xff) + ((all[9] & 0xff) << 8);
      String description = new String(all, 0, header, StandardCharsets.ISO_8859_1);
      if (!description.contains("'|i1'")) {
        throw new AssertionError(name + " is not an array of bytes: " + description);
      }
      return Arrays.copyOfRange(all, header, all.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
