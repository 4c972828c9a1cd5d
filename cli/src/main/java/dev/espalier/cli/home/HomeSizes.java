package dev.espalier.cli.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much of the disk a home's folders take. */
public final class HomeSizes {
  private HomeSizes() {}

  /** Bytes by folder, empty ones left out; what goes while one looks counts as it was. */
  public static Map<String, Long> of(Home home) {
    Path copies = home.storeFile().resolveSibling("copies");
    Map<String, Long> sizes = new LinkedHashMap<>();
    put(sizes, "store", bytes(home.storeFile().resolveSibling(".")) - bytes(copies));
    put(sizes, "store/copies", bytes(copies));
    put(sizes, "temporal", bytes(home.temporalDatabase().resolveSibling(".")));
    put(sizes, "cache", bytes(home.cache()));
    put(sizes, "engine", bytes(home.engine()));
    put(sizes, "bin", bytes(home.bin()));
    put(sizes, "log", bytes(home.logs()));
    put(sizes, "reports", bytes(home.reports()));
    return sizes;
  }

  private static void put(Map<String, Long> sizes, String name, long bytes) {
    if (bytes > 0) {
      sizes.put(name, bytes);
    }
  }

  static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    Sum sum = new Sum();
    try {
      Files.walkFileTree(folder, sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException ignored) {
      return FileVisitResult.CONTINUE;
    }
  }
}
