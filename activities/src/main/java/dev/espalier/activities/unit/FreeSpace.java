package dev.espalier.activities.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The room on the disks that units of work write to. */
public final class FreeSpace {
  private final List<Path> folders;

  /**
   * @param folders the ones that a worker writes to, told where a failure names no file
   */
  public FreeSpace(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** The free bytes where that file is, or of all folders where none is named. */
  String inWords(String file) {
    Set<Path> asked = new LinkedHashSet<>();
    if (!file.isEmpty()) {
      try {
        asked.add(Path.of(file));
      } catch (InvalidPathException e) {
        asked.clear(); // no path after all
      }
    }
    return (asked.isEmpty() ? folders : asked)
        .stream().map(FreeSpace::bytes).collect(Collectors.joining(", "));
  }

  private static String bytes(Path path) {
    @Nullable Path existing = path.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing == null
          ? "no such disk as that of " + path
          : "%,d bytes on the disk of %s"
              .formatted(Files.getFileStore(existing).getUsableSpace(), path);
    } catch (IOException e) {
      return "unknown on the disk of " + path;
    }
  }
}
