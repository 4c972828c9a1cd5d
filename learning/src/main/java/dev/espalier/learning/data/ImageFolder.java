package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures in folders: {@code train/<class>/*} and {@code test/} or {@code val/} likewise, or class
 * folders alone, which are split by a seed; {@link PartName} says which names mean a part. Classes
 * and files are taken in the order of their names, and {@link FolderAccount} keeps account of all
 * of them.
 *
 * <p>All images become squares of one side: {@link PictureFiles} says of which, {@link Picture}
 * says how. Where there is a test folder, validation folders are not used: Espalier makes its own
 * validation part of the training images.
 */
public final class ImageFolder {
  private static final Set<String> BESIDE_PICTURES =
      Set.of("labels", "annotations", "masks", "mask", "gt", "groundtruth", "segmentation");

  private final String name;
  private final OptionalInt size;
  private final long seed;
  private final FolderAccount account;
  private final PictureFiles files;
  private final Remarks remarks;

  private ImageFolder(
      String name, OptionalInt size, long seed, Remarks remarks, Consumer<String> progress) {
    this.name = name;
    this.size = size;
    this.seed = seed;
    this.remarks = remarks;
    this.account = new FolderAccount("folder", remarks);
    this.files = new PictureFiles("folder", 0, false, remarks, progress);
  }

  /**
   * Reads a folder.
   *
   * @param size the side of the images; empty: the most common one, at most 64
   * @param seed decides the test part where there is no folder for it
   * @param remarks are told what was left out
   * @param progress is told how far it is
   */
  public static ImageDataset read(
      String name,
      Path folder,
      OptionalInt size,
      long seed,
      Remarks remarks,
      Consumer<String> progress)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          Files.exists(folder)
              ? "folder: %s is not a folder, but %s: give a folder with a folder of pictures per class"
                  .formatted(folder, Input.of(folder).words())
              : "folder: %s is not a folder (it %s): give one with a folder of pictures per class"
                  .formatted(folder, Input.absence(folder)));
    }
    ImageFolder reading = new ImageFolder(name, size, seed, remarks, progress);
    ImageDataset dataset = reading.parts(reading.unwrapped(folder, false));
    reading.files.tell();
    return dataset;
  }

  /** Archives often hold one folder, with everything in it; so do parts, under their own name. */
  private Path unwrapped(Path folder, boolean isPart) throws IOException {
    Path inside = folder;
    while (true) {
      List<Path> folders = account.folders(inside);
      boolean wraps =
          folders.size() == 1
              && (isPart || PartName.of(fileName(folders.getFirst())).isEmpty())
              && account.hasFolders(folders.getFirst());
      if (!wraps) {
        return inside;
      }
      inside = folders.getFirst();
    }
  }

  private ImageDataset parts(Path root) throws IOException {
    Map<PartName, Path> parts = new LinkedHashMap<>();
    List<Path> others = new ArrayList<>();
    List<Path> unsorted = new ArrayList<>();
    for (Path entry : account.folders(root)) {
      PartName part = PartName.of(fileName(entry)).orElse(null);
      if (part == null) {
        others.add(entry);
      } else if (!account.hasFolders(entry)) {
        unsorted.add(entry);
      } else if (parts.putIfAbsent(part, entry) != null) {
        throw new InvalidInput(
            "folder: %s and %s both look like the %s part: put their pictures together, or move one away"
                .formatted(parts.get(part), entry, part.name().toLowerCase(Locale.ROOT)));
      }
    }
    Path train = parts.get(PartName.TRAIN);
    if (train == null) {
      return classesAlone(root, parts, others, unsorted);
    }
    refuseUnsorted(unsorted, train);
    return trainAndTest(train, parts, others);
  }

  private void refuseUnsorted(List<Path> unsorted, Path train) throws IOException {
    for (Path folder : unsorted) {
      if (account.holdsPictures(folder)) {
        throw new InvalidInput(
            ("folder: %s has no folders of the classes (found %s): sort its pictures into one folder a class, as "
                    + "in %s, or move it away")
                .formatted(folder, FolderListing.of(folder), train));
      }
      account.leaveOut("%s (a folder without pictures)".formatted(folder));
    }
  }

  private ImageDataset classesAlone(
      Path root, Map<PartName, Path> parts, List<Path> others, List<Path> unsorted)
      throws IOException {
    if (!parts.isEmpty()) {
      throw new InvalidInput(
          ("folder: %s looks like a test part, but there is no folder of training pictures (found %s): "
                  + "call that one train")
              .formatted(parts.values().iterator().next(), FolderListing.of(root)));
    }
    List<Path> classes = new ArrayList<>(others);
    for (Path folder : unsorted) {
      boolean vehicle =
          unsorted.size() == 1 && PartName.of(fileName(folder)).orElseThrow() == PartName.TRAIN;
      if (!vehicle) {
        throw new InvalidInput(
            ("folder: %s looks like a part of the data, but holds no folder for each class (found %s): "
                    + "sort its pictures into such folders; if it is a class, give it another name")
                .formatted(folder, FolderListing.of(folder)));
      }
      remarks.add("folder train is taken for a class, since it has no folders of classes in it");
      classes.add(folder);
    }
    classes.sort(null);
    SortedPictures sorted = new SortedPictures(root, classes);
    account.settle();
    atLeastTwo(root, sorted.classNames);
    sameWithin(classes);
    return split(sorted);
  }

  /** Folds and sources have the same folders within them: those may be what is meant. */
  private void sameWithin(List<Path> classes) throws IOException {
    Set<Set<String>> within = new HashSet<>();
    for (Path folder : classes) {
      within.add(
          account.inside(folder).stream().map(ImageFolder::fileName).collect(Collectors.toSet()));
    }
    Set<String> names = within.iterator().next();
    if (within.size() == 1 && names.size() > 1) {
      remarks.add(
          ("%s are taken for the classes, though each of them has the folders %s: if those are the classes, "
                  + "put them together")
              .formatted(
                  Remarks.some(classes.stream().map(ImageFolder::fileName).toList()),
                  Remarks.some(new TreeSet<>(names))));
    }
  }

  private ImageDataset split(SortedPictures sorted) {
    List<LabelledPicture> all = sorted.pictures;
    return TestShare.split(
        name, sorted.classNames, files.images(all, files.shape(all, size)), seed);
  }

  private ImageDataset trainAndTest(Path train, Map<PartName, Path> parts, List<Path> others)
      throws IOException {
    Path validation = parts.get(PartName.VALIDATION);
    Path test = parts.containsKey(PartName.TEST) ? parts.get(PartName.TEST) : validation;
    for (Path other : others) {
      boolean pictures = account.holdsPictures(other);
      if (pictures && test == null) {
        throw new InvalidInput(
            "folder: %s holds pictures, but is neither train nor test: call it test, or move it away"
                .formatted(other));
      }
      account.leaveOut(
          "%s (%s)"
              .formatted(
                  other,
                  pictures
                      ? "pictures that are neither train nor test"
                      : "a folder without pictures"));
    }
    if (validation != null && !validation.equals(test)) {
      account.leaveOut(
          "%s (there is a test part, and the validation part is made of training pictures)"
              .formatted(validation));
    }
    Path trainRoot = unwrapped(train, true);
    SortedPictures trained = new SortedPictures(trainRoot, account.folders(trainRoot));
    if (test == null) {
      account.settle();
      atLeastTwo(train, trained.classNames);
      remarks.add("there is no test part: a fifth of %s becomes it".formatted(fileName(train)));
      return split(trained);
    }
    return both(train, trained, test);
  }

  private ImageDataset both(Path train, SortedPictures trained, Path test) throws IOException {
    Path testRoot = unwrapped(test, true);
    SortedPictures tested = new SortedPictures(testRoot, account.folders(testRoot));
    account.settle();
    atLeastTwo(train, trained.classNames);
    if (tested.pictures.isEmpty()) {
      throw new InvalidInput(
          "folder: %s has no folders of the classes (found %s): sort its pictures into one folder a class, as in %s"
              .formatted(test, FolderListing.of(test), train));
    }
    if (!fileName(test).equals("test")) {
      remarks.add("%s is taken as the test part".formatted(fileName(test)));
    }
    List<LabelledPicture> testPictures = relabelled(train, trained, test, tested);
    List<LabelledPicture> all = new ArrayList<>(trained.pictures);
    all.addAll(testPictures);
    ImageShape shape = files.shape(all, size);
    Images training = files.images(trained.pictures, shape);
    Images testing = files.images(testPictures, shape);
    tellOfShared(training, testing);
    return new ImageDataset(name, trained.classNames, training, testing);
  }

  /** Test pictures that were learned from tell nothing. */
  private void tellOfShared(Images training, Images testing) {
    Set<ByteBuffer> known = new HashSet<>();
    for (int image = 0; image < training.count(); image++) {
      known.add(training.bytes(image));
    }
    long shared =
        IntStream.range(0, testing.count())
            .filter(image -> known.contains(testing.bytes(image)))
            .count();
    if (shared > 0) {
      remarks.add(
          "%,d of %,d test pictures are training pictures too: the accuracy on these tells nothing"
              .formatted(shared, testing.count()));
    }
  }

  /** The classes of the train part count; case and the way accents are written do not. */
  private static List<LabelledPicture> relabelled(
      Path train, SortedPictures trained, Path test, SortedPictures tested) {
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (int label = 0; label < trained.classNames.size(); label++) {
      labels.put(plain(trained.classNames.get(label)), label);
    }
    int[] numbers = new int[tested.classNames.size()];
    for (int label = 0; label < numbers.length; label++) {
      String className = tested.classNames.get(label);
      int exact = trained.classNames.indexOf(className);
      Integer number = exact >= 0 ? (Integer) exact : labels.get(plain(className));
      if (number == null) {
        throw new InvalidInput(
            "folder: %s has a class '%s' that %s lacks (it has %s)"
                .formatted(test, className, train, String.join(", ", trained.classNames)));
      }
      numbers[label] = number;
    }
    return tested.pictures.stream()
        .map(picture -> new LabelledPicture(picture.file(), numbers[picture.label()]))
        .sorted(Comparator.comparingInt(LabelledPicture::label)) // stable
        .toList();
  }

  private static String plain(String className) {
    return Normalizer.normalize(className, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip();
  }

  private static String fileName(Path path) {
    return Objects.requireNonNullElse(path.getFileName(), path).toString();
  }

  private static void atLeastTwo(Path folder, List<String> classNames) throws IOException {
    if (classNames.size() < 2) {
      throw new InvalidInput(
          "folder: %s needs a folder of pictures for each of at least two classes (found %s)"
              .formatted(folder, FolderListing.of(folder)));
    }
    Map<String, String> seen = new LinkedHashMap<>();
    for (String className : classNames) {
      String other = seen.putIfAbsent(plain(className), className);
      if (other != null) {
        throw new InvalidInput(
            "folder: %s has the classes %s and %s, which differ in case or accents only: put their pictures together"
                .formatted(folder, other, className));
      }
    }
    List<String> lower = classNames.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    if (classNames.size() == 2 && lower.stream().anyMatch(BESIDE_PICTURES::contains)) {
      throw new InvalidInput(
          "folder: %s has the folders %s, which look like pictures and what is drawn on them, not like classes"
              .formatted(folder, String.join(" and ", classNames)));
    }
  }

  /** The pictures of some class folders, labelled in the order of these. */
  private final class SortedPictures {
    private final List<String> classNames = new ArrayList<>();
    private final List<LabelledPicture> pictures = new ArrayList<>();

    SortedPictures(Path root, List<Path> classFolders) throws IOException {
      for (Path folder : classFolders) {
        refuseParts(folder);
        int before = account.problems();
        List<Path> files = account.pictures(folder);
        if (files.isEmpty() && account.problems() > before) {
          continue; // all of them are named
        }
        if (files.isEmpty() && account.holdsPictures(folder)) {
          account.problem(
              "%s holds no picture that can be read (found %s)"
                  .formatted(folder, FolderListing.of(folder)));
          continue;
        }
        if (files.isEmpty()) {
          account.leaveOut(
              "%s (no picture that can be read; found %s)"
                  .formatted(root.relativize(folder), FolderListing.of(folder)));
          continue;
        }
        int label = classNames.size();
        classNames.add(fileName(folder));
        files.forEach(file -> pictures.add(new LabelledPicture(file, label)));
      }
    }

    private void refuseParts(Path classFolder) throws IOException {
      List<String> parts = new ArrayList<>();
      for (Path inner : account.inside(classFolder)) {
        if (PartName.of(fileName(inner)).isPresent()) {
          parts.add(fileName(inner));
        }
      }
      if (!parts.isEmpty()) {
        throw new InvalidInput(
            "folder: %s has parts inside a class (%s): put them the other way round, such as train/%s"
                .formatted(classFolder, String.join(", ", parts), fileName(classFolder)));
      }
    }
  }
}
