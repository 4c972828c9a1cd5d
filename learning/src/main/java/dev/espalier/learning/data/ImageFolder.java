package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Pictures in folders: {@code train/<class>/*.png|jpg} and {@code test/} or {@code val/} likewise,
 * or class folders alone, which are split by a seed. Classes and files are taken in the order of
 * their names.
 *
 * <p>All images become squares of one side: {@link PictureFiles} says of which, {@link Picture}
 * says how. Where there is a test folder, validation folders are not used: Espalier makes its own
 * validation part of the training images.
 */
public final class ImageFolder {
  private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");

  private ImageFolder() {}

  /**
   * Reads a folder.
   *
   * @param size the side of the images; empty: the most common one, at most 64
   * @param seed decides the test part where there is no folder for it
   * @param progress is told how far it is
   */
  public static ImageDataset read(
      String name, Path folder, OptionalInt size, long seed, Consumer<String> progress)
      throws IOException {
    PictureFiles files = new PictureFiles("folder", 0, progress);
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "folder: %s is not a folder: give one with a folder of pictures per class"
              .formatted(folder));
    }
    Path trainFolder = folder.resolve("train");
    if (!Files.isDirectory(trainFolder)) {
      List<String> classNames = atLeastTwo(folder, classes(folder));
      List<LabelledPicture> all = pictures(folder, classNames);
      return TestShare.split(name, classNames, files.images(all, files.shape(all, size)), seed);
    }
    Path testFolder =
        TEST_FOLDERS.stream()
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    List<String> classNames = atLeastTwo(trainFolder, classes(trainFolder));
    List<LabelledPicture> train = pictures(trainFolder, classNames);
    if (testFolder == null) {
      return TestShare.split(name, classNames, files.images(train, files.shape(train, size)), seed);
    }
    for (String className : classes(testFolder)) {
      if (!classNames.contains(className)) {
        throw new InvalidInput(
            "folder: %s has a class '%s' that %s lacks (it has %s)"
                .formatted(testFolder, className, trainFolder, String.join(", ", classNames)));
      }
    }
    List<LabelledPicture> test = pictures(testFolder, classNames);
    if (test.isEmpty()) {
      throw new InvalidInput(
          "folder: %s has no folders of the classes (found %s): sort its pictures into one folder a class, as in %s"
              .formatted(testFolder, FolderListing.of(testFolder), trainFolder));
    }
    List<LabelledPicture> all = new ArrayList<>(train);
    all.addAll(test);
    ImageShape shape = files.shape(all, size);
    return new ImageDataset(
        name, classNames, files.images(train, shape), files.images(test, shape));
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

  private static List<LabelledPicture> pictures(Path folder, List<String> classNames)
      throws IOException {
    List<LabelledPicture> pictures = new ArrayList<>();
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
        pictures.add(new LabelledPicture(file, label));
      }
    }
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
  }
}
