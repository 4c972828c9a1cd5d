package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Pictures in folders: {@code train/<class>/*.png|jpg} and {@code test/} or {@code val/} likewise,
 * or class folders alone, which are split by a seed. Classes and files are taken in the order of
 * their names.
 *
 * <p>All images become squares of one side: the requested one, else the most common shorter side
 * (of equally common ones the smaller). {@link Picture} says how. The data set has one channel if
 * every picture is grey, else three. Where there is a test folder, validation folders are not used:
 * Espalier makes its own validation part of the training images.
 */
public final class ImageFolder {
  private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");

  private ImageFolder() {}

  /** A picture file and its class. */
  private record Labelled(Path file, int label) {}

  /**
   * Reads a folder.
   *
   * @param size the side of the images; empty: the most common one
   * @param seed decides the test part where there is no folder for it
   */
  public static ImageDataset read(String name, Path folder, OptionalInt size, long seed)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "folder: %s is not a folder: give one with a folder of pictures per class"
              .formatted(folder));
    }
    Path trainFolder = folder.resolve("train");
    if (!Files.isDirectory(trainFolder)) {
      List<String> classNames = atLeastTwo(folder, classes(folder));
      List<Labelled> all = pictures(folder, classNames);
      return TestShare.split(name, classNames, images(all, layout(all, size)), seed);
    }
    Path testFolder =
        TEST_FOLDERS.stream()
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    List<String> classNames = atLeastTwo(trainFolder, classes(trainFolder));
    List<Labelled> train = pictures(trainFolder, classNames);
    if (testFolder == null) {
      return TestShare.split(name, classNames, images(train, layout(train, size)), seed);
    }
    for (String className : classes(testFolder)) {
      if (!classNames.contains(className)) {
        throw new InvalidInput(
            "folder: %s has a class '%s' that %s lacks (it has %s)"
                .formatted(testFolder, className, trainFolder, String.join(", ", classNames)));
      }
    }
    List<Labelled> test = pictures(testFolder, classNames);
    List<Labelled> all = new ArrayList<>(train);
    all.addAll(test);
    ImageShape shape = layout(all, size);
    return new ImageDataset(name, classNames, images(train, shape), images(test, shape));
  }

  private static List<String> classes(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> entries = Files.list(folder)) {
      names =
          entries
              .filter(Files::isDirectory)
              .map(p -> p.getFileName().toString())
              .filter(n -> !n.startsWith("."))
              .sorted()
              .toList();
    }
    return names;
  }

  private static List<String> atLeastTwo(Path folder, List<String> classNames) throws IOException {
    if (classNames.size() < 2) {
      throw new InvalidInput(
          "folder: %s needs a folder of pictures for each of at least two classes (found %s)"
              .formatted(folder, FolderListing.of(folder)));
    }
    return classNames;
  }

  private static List<Labelled> pictures(Path folder, List<String> classNames) throws IOException {
    List<Labelled> pictures = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      Path classFolder = folder.resolve(classNames.get(label));
      if (!Files.isDirectory(classFolder)) {
        continue; // a class without test pictures
      }
      List<Path> files;
      try (Stream<Path> entries = Files.list(classFolder)) {
        files = entries.filter(ImageFolder::isPicture).sorted().toList();
      }
      if (files.isEmpty()) {
        throw new InvalidInput(
            "folder: %s holds no .png, .jpg or .jpeg file (found %s)"
                .formatted(classFolder, FolderListing.of(classFolder)));
      }
      for (Path file : files) {
        pictures.add(new Labelled(file, label));
      }
    }
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
  }

  /** The common shape, from the headers of all files. */
  private static ImageShape layout(List<Labelled> pictures, OptionalInt size) throws IOException {
    Map<Integer, Integer> sides = new HashMap<>();
    boolean grey = true;
    for (Labelled picture : pictures) {
      Picture.Header header = Picture.header(picture.file());
      sides.merge(header.shorterSide(), 1, Integer::sum);
      grey &= header.grey();
    }
    int side =
        size.orElseGet(() ->
            sides.entrySet().stream()
                .max(
                    Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Integer, Integer>comparingByKey().reversed()))
                .orElseThrow()
                .getKey());
    ImageShape shape = new ImageShape(grey ? 1 : 3, side, side);
    if ((long) pictures.size() * shape.size() > Images.MAXIMUM_BYTES) {
      throw new InvalidInput(
          "folder: %,d pictures of %s are too many bytes for one data set: ask for a smaller size, such as 32"
              .formatted(pictures.size(), shape));
    }
    return shape;
  }

  private static Images images(List<Labelled> pictures, ImageShape shape) throws IOException {
    byte[] pixels = new byte[pictures.size() * shape.size()];
    int[] labels = new int[pictures.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = pictures.get(i).label();
      Picture.read(pictures.get(i).file(), shape, pixels, i * shape.size());
    }
    return new Images(shape, pixels, labels);
  }
}
