package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a folder looks like it holds, and what to call it. */
public final class FolderLayout {
  private static final int LONGEST_NAME = 48;

  /** Bytes of an image with one label before it, or with two. */
  private static final int CIFAR10_RECORD = 3073;

  private static final int CIFAR100_RECORD = 3074;

  private FolderLayout() {}

  /**
   * The format of a folder of images; one with folders in it and nothing else that is known is a
   * folder of classes.
   *
   * @throws InvalidInput if it is none of the layouts
   */
  static ImportFormat of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "%s is no folder: give one with images in it, or the name of a data set (see: espalier data list)"
              .formatted(folder));
    }
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.sorted().toList();
    }
    List<String> names = entries.stream().map(entry -> entry.getFileName().toString()).toList();
    for (Path entry : entries) {
      if (entry.getFileName().toString().matches("(?i)(train|data_batch).*\\.bin")) {
        return ofRecords(Files.size(entry));
      }
    }
    if (names.stream().anyMatch(name -> name.matches("(?i).*idx3.ubyte(\\.gz)?"))) {
      return ImportFormat.IDX;
    }
    if (names.contains("train_32x32.mat")) {
      return ImportFormat.SVHN;
    }
    if (names.contains("data_batch_1") && names.contains("test_batch")) {
      return ImportFormat.CIFAR10;
    }
    if (names.contains("train") && names.contains("test") && names.contains("meta")) {
      return ImportFormat.CIFAR100;
    }
    if (names.contains("train_data_batch_1")) {
      return ImportFormat.IMAGENET16;
    }
    if (Files.exists(folder.resolve("variants.txt"))
        || Files.exists(folder.resolve("data/variants.txt"))) {
      return ImportFormat.FGVC_AIRCRAFT;
    }
    if (Files.exists(folder.resolve("annotations/trainval.txt"))) {
      return ImportFormat.OXFORD_PETS;
    }
    if (entries.stream().anyMatch(Files::isDirectory)) {
      return ImportFormat.FOLDER;
    }
    throw new InvalidInput(
        ("%s holds no images in a layout that is known: it should have a folder for each class, or look like one "
                + "of %s (see: espalier data import --help)")
            .formatted(folder, String.join(", ", ImportFormat.labelsOfImages())));
  }

  private static ImportFormat ofRecords(long bytes) {
    return bytes % CIFAR100_RECORD == 0 && bytes % CIFAR10_RECORD != 0
        ? ImportFormat.CIFAR100
        : ImportFormat.CIFAR10;
  }

  /** The folder's own name, as data sets are called. */
  static String nameOf(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return plain(last == null ? "" : last.toString());
  }

  /** A name that specifications can name. */
  public static String plain(String given) {
    String name =
        given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "images" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
