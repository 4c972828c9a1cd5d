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

  static Npz arrays(String name) {
    return Npz.of(FOLDER + name);
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(SharedFiles.of(FOLDER + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
