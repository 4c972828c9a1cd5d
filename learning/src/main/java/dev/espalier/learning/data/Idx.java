package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * The IDX layout of MNIST and Fashion-MNIST, plain or compressed, told by content: files of images
 * (magic 0x00000803, then count, rows, columns as big-endian integers, then bytes), each with a
 * file of labels (magic 0x00000801, count, bytes); where the one is called {@code images}, the
 * other is called {@code labels}.
 *
 * <p>A folder is read by the names of its files: a name that contains {@code train} is the train
 * part, {@code t10k}, {@code test} or {@code val} the test part. One pair alone is split by a seed.
 */
public final class Idx {
  private static final Pattern TRAIN = Pattern.compile("(^|.*[^a-z])train.*");
  private static final Pattern TEST = Pattern.compile("(^|.*[^a-z])(t10k|test|val).*");
  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;

  private Idx() {}

  /** Reads with the labels as class names. */
  public static ImageDataset read(String name, Path path, long seed) throws IOException {
    return read(name, path, List.of(), seed, new Remarks());
  }

  /**
   * Reads a folder, or one images file with its labels beside it.
   *
   * @param classNames empty: the labels that occur
   * @param seed decides the test part where there is one pair only
   * @param remarks are told what was left out
   */
  public static ImageDataset read(
      String name, Path path, List<String> classNames, long seed, Remarks remarks)
      throws IOException {
    if (!Files.exists(path)) {
      throw new InvalidInput(
          "idx: %s %s: give a folder or an images file".formatted(path, Input.absence(path)));
    }
    if (!Files.isDirectory(path)) {
      int magic = magic(path);
      if (magic != IMAGES_MAGIC) {
        throw new InvalidInput(
            "idx: %s is no IDX file of images, but %s".formatted(path, words(path, magic)));
      }
      return split(name, classNames, pair(path), seed);
    }
    List<Path> files = imageFiles(path, remarks);
    List<Path> train = files.stream().filter(f -> TRAIN.matcher(lower(f)).matches()).toList();
    List<Path> test =
        files.stream().filter(f -> TEST.matcher(lower(f)).matches() && !train.contains(f)).toList();
    if (train.size() > 1 || test.size() > 1) {
      throw new InvalidInput(
          "idx: %s holds several train or test parts (%s): put the one you want into its own folder"
              .formatted(path, FolderListing.of(path)));
    }
    if (train.size() == 1 && test.size() == 1 && files.size() == 2) {
      return classes(name, classNames, pair(train.getFirst()), pair(test.getFirst()));
    }
    if (files.size() == 1) {
      remarks.add("there is one pair of files only: a fifth of it becomes the test part");
      return split(name, classNames, pair(files.getFirst()), seed);
    }
    throw new InvalidInput(
        "idx: cannot tell train from test in %s (found %s): name them train-... and test-..., and move others away"
            .formatted(path, FolderListing.of(path)));
  }

  private static ImageDataset split(String name, List<String> given, Images all, long seed) {
    ImageDataset whole = classes(name, given, all, all);
    return TestShare.split(name, whole.classNames(), whole.train(), seed);
  }

  private static String lower(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /** A file that is there both plain and compressed counts once, plain. */
  private static List<Path> imageFiles(Path folder, Remarks remarks) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(folder)) {
      all = entries.filter(Files::isRegularFile).sorted().toList();
    }
    List<Path> images = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path file : all) {
      String fileName = file.getFileName().toString();
      int magic = FolderAccount.isMadeByNobody(fileName) ? LABELS_MAGIC : magic(file);
      boolean again =
          fileName.endsWith(".gz")
              && all.contains(file.resolveSibling(fileName.replaceAll("\\.gz$", "")));
      if (magic == IMAGES_MAGIC) {
        if (!again) {
          images.add(file);
        }
      } else if (fileName.matches("(?i).*idx3.ubyte(\\.gz)?")) {
        throw new InvalidInput(
            "idx: %s is no IDX file of images, but %s: copy it again"
                .formatted(file, words(file, magic)));
      } else if (magic != LABELS_MAGIC) {
        others.add(fileName);
      }
    }
    if (images.isEmpty()) {
      throw new InvalidInput(
          "idx: no IDX file of images, such as train-images-idx3-ubyte, in %s (found %s)"
              .formatted(folder, FolderListing.of(folder)));
    }
    if (!others.isEmpty()) {
      remarks.add("left out: %s (neither images nor labels)".formatted(Remarks.some(others)));
    }
    return images;
  }

  /** The first four bytes once it is unpacked; 0 of a file that cannot be read so far. */
  private static int magic(Path file) {
    try (DataInputStream in = new DataInputStream(Input.of("idx: " + file, file).open())) {
      return in.readInt();
    } catch (EOFException | ZipException e) {
      return 0;
    } catch (IOException e) {
      throw new InvalidInput("idx: %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static String words(Path file, int magic) {
    ContentKind kind = Input.of("idx: " + file, file).kind();
    return kind == ContentKind.IDX || kind == ContentKind.BINARY
        ? "begins with 0x%08x (expected 0x%08x)".formatted(magic, IMAGES_MAGIC)
        : kind.words();
  }

  /** Labels that do not occur make no classes. */
  private static ImageDataset classes(String name, List<String> given, Images train, Images test) {
    if (!given.isEmpty()) {
      return new ImageDataset(name, given, train, test);
    }
    TreeMap<Integer, Integer> places = new TreeMap<>();
    for (Images part : List.of(train, test)) {
      IntStream.range(0, part.count()).forEach(image -> places.put(part.label(image), 0));
    }
    int next = 0;
    for (Integer label : List.copyOf(places.keySet())) {
      places.put(label, next++);
    }
    List<String> names = places.keySet().stream().map(String::valueOf).toList();
    return new ImageDataset(name, names, relabelled(train, places), relabelled(test, places));
  }

  private static Images relabelled(Images images, Map<Integer, Integer> places) {
    int[] labels =
        IntStream.range(0, images.count())
            .map(image -> places.getOrDefault(images.label(image), 0))
            .toArray();
    return new Images(images.shape(), images.pixels(), labels);
  }

  private static Images pair(Path imagesFile) throws IOException {
    Path labelsFile =
        labelsOf(imagesFile)
            .orElseThrow(() ->
                new InvalidInput(
                    "idx: %s has no labels beside it (expected %s or that name with .gz)"
                        .formatted(imagesFile, labelsName(imagesFile))));
    IdxFile images = IdxFile.read(imagesFile, IMAGES_MAGIC, 3);
    IdxFile labels = IdxFile.read(labelsFile, LABELS_MAGIC, 1);
    if (images.size(0) != labels.size(0)) {
      throw new InvalidInput(
          "idx: %s has %,d images but %s has %,d labels: they do not belong together"
              .formatted(
                  imagesFile.getFileName(),
                  images.size(0),
                  labelsFile.getFileName(),
                  labels.size(0)));
    }
    byte[] encoded = labels.bytes();
    int[] numbers = new int[encoded.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = encoded[i] & 0xff;
    }
    return new Images(new ImageShape(1, images.size(1), images.size(2)), images.bytes(), numbers);
  }

  private static String labelsName(Path imagesFile) {
    return imagesFile
        .getFileName()
        .toString()
        .replaceFirst("(?i)\\.gz$", "")
        .replaceFirst("(?i)idx3", "idx1")
        .replaceFirst("images", "labels")
        .replaceFirst("Images", "Labels")
        .replaceFirst("IMAGES", "LABELS");
  }

  private static Optional<Path> labelsOf(Path imagesFile) {
    String plain = labelsName(imagesFile);
    return Stream.of(plain, plain + ".gz", plain.replace("labels", "label"))
        .map(imagesFile::resolveSibling)
        .filter(file -> Files.isRegularFile(file) && !file.equals(imagesFile))
        .findFirst();
  }
}
