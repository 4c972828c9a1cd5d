package dev.espalier.learning.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.Npz;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** What our own runs of the published program computed (golden/metad2a). */
final class MetaGolden {
  private static final String FOLDER = "golden/metad2a/";

  private MetaGolden() {}

  static JsonNode json(String name) {
    try {
      return Json.mapper().readTree(bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of {@code nb201} and {@code mbv3}. */
  static GraphTopology topology(String space) {
    return GraphCodings.of(space.equals("mbv3") ? "mobilenet-v3" : "nas-bench-201").topology();
  }

  static Npz arrays(String name) {
    return Npz.of(FOLDER + name);
  }

  /** Number {@code i} of a seed in [0, 1), as the README of the golden numbers defines it. */
  static double formula(long seed, int i) {
    long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / 0x1p24;
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(SharedFiles.of(FOLDER + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
