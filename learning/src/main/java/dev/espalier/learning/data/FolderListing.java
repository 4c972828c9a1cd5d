package dev.espalier.learning.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a folder holds, for a message: the first few names. */
final class FolderListing {
  private static final int SHOWN = 8;

  private FolderListing() {}

  static String of(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(p -> p.getFileName().toString()).sorted().toList();
      if (names.isEmpty()) {
        return "nothing";
      }
      String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      return names.size() > SHOWN ? first + " and %,d more".formatted(names.size() - SHOWN) : first;
    }
  }
}
