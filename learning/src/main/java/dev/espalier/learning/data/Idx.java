package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The IDX layout of MNIST and Fashion-MNIST: {@code *-idx3-ubyte[.gz]} (magic 0x00000803, then
 * count, rows, columns as big-endian integers, then bytes) with its {@code *-idx1-ubyte[.gz]}
 * (magic 0x00000801, count, bytes); where the one is called {@code images}, the other is called
 * {@code labels}.
 *
 * <p>A folder is read by the names of its files: a name that contains {@code train} is the train
 * part, {@code t10k}, {@code test} or {@code val} the test part. One pair alone is split by a seed.
 */
public final class Idx {
  private static final Pattern IMAGES = Pattern.compile("(.*)idx3-ubyte(\\.gz)?");
  private static final Pattern TRAIN = Pattern.compile("(^|.*[^a-z])train.*");
  private static final Pattern TEST = Pattern.compile("(^|.*[^a-z])(t10k|test|val).*");
  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;

  private Idx() {}

  /** Reads with the class names "0", "1", ... as far as labels go. */
  public static ImageDataset read(String name, Path path, long seed) throws IOException {
    return read(name, path, List.of(), seed);
  }

  /**
   * Reads a folder, or one images file with its labels beside it.
   *
   * @param classNames empty: numbers
   * @param seed decides the test part where there is one pair only
   */
  public static ImageDataset read(String name, Path path, List<String> classNames, long seed)
      throws IOException {
    if (Files.isRegularFile(path)) {
      if (!IMAGES.matcher(path.getFileName().toString()).matches()) {
        throw new InvalidInput(
            "idx: %s is not named *-idx3-ubyte[.gz], so its labels cannot be found by name"
                .formatted(path));
      }
      Images all = pair(path);
      return TestShare.split(name, names(classNames, all, all), all, seed);
    }
    if (!Files.isDirectory(path)) {
      throw new InvalidInput(
          "idx: %s does not exist: give a folder or an images file".formatted(path));
    }
    List<Path> files = imageFiles(path);
    if (files.isEmpty()) {
      throw new InvalidInput(
          "idx: no *-idx3-ubyte[.gz] in %s (found %s)".formatted(path, FolderListing.of(path)));
    }
    List<Path> train = files.stream().filter(f -> TRAIN.matcher(lower(f)).matches()).toList();
    List<Path> test =
        files.stream().filter(f -> TEST.matcher(lower(f)).matches() && !train.contains(f)).toList();
    if (train.size() > 1 || test.size() > 1) {
      throw new InvalidInput(
          "idx: %s holds several train or test parts (%s): put the one you want into its own folder"
              .formatted(path, FolderListing.of(path)));
    }
    if (train.size() == 1 && test.size() == 1) {
      Images trainImages = pair(train.getFirst());
      Images testImages = pair(test.getFirst());
      return new ImageDataset(
          name, names(classNames, trainImages, testImages), trainImages, testImages);
    }
    if (files.size() == 1) {
      Images all = pair(files.getFirst());
      return TestShare.split(name, names(classNames, all, all), all, seed);
    }
    throw new InvalidInput(
        "idx: cannot tell train from test in %s (found %s): name them train-... and test-..."
            .formatted(path, FolderListing.of(path)));
  }

  private static String lower(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /** A file that is there both plain and compressed counts once, plain. */
  private static List<Path> imageFiles(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all =
          entries
              .filter(p -> IMAGES.matcher(p.getFileName().toString()).matches())
              .sorted()
              .toList();
      List<Path> once = new ArrayList<>();
      for (Path file : all) {
        String fileName = file.getFileName().toString();
        if (!fileName.endsWith(".gz")
            || !all.contains(file.resolveSibling(fileName.replaceAll("\\.gz$", "")))) {
          once.add(file);
        }
      }
      return once;
    }
  }

  private static List<String> names(List<String> given, Images train, Images test) {
    if (!given.isEmpty()) {
      return given;
    }
    int classes = Math.max(train.highestLabel(), test.highestLabel()) + 1;
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static Images pair(Path imagesFile) throws IOException {
    Path labelsFile =
        labelsOf(imagesFile)
            .orElseThrow(() ->
                new InvalidInput(
                    "idx: %s has no labels beside it (expected %s or that name with .gz)"
                        .formatted(imagesFile, labelsName(imagesFile))));
    Content images = Content.read(imagesFile, IMAGES_MAGIC, 3);
    Content labels = Content.read(labelsFile, LABELS_MAGIC, 1);
    if (images.dimensions[0] != labels.dimensions[0]) {
      throw new InvalidInput(
          "idx: %s has %,d images but %s has %,d labels: they do not belong together"
              .formatted(
                  imagesFile.getFileName(),
                  images.dimensions[0],
                  labelsFile.getFileName(),
                  labels.dimensions[0]));
    }
    int[] numbers = new int[labels.bytes.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = labels.bytes[i] & 0xff;
    }
    return new Images(
        new ImageShape(1, images.dimensions[1], images.dimensions[2]), images.bytes, numbers);
  }

  private static String labelsName(Path imagesFile) {
    String images = imagesFile.getFileName().toString();
    return IMAGES.matcher(images).replaceFirst("$1").replace("images", "labels") + "idx1-ubyte";
  }

  private static Optional<Path> labelsOf(Path imagesFile) {
    String plain = labelsName(imagesFile);
    return Stream.of(plain, plain + ".gz")
        .map(imagesFile::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** What one file holds. */
  private static final class Content {
    private final int[] dimensions;
    private final byte[] bytes;

    private Content(int[] dimensions, byte[] bytes) {
      this.dimensions = dimensions;
      this.bytes = bytes;
    }

    static Content read(Path file, int magic, int rank) throws IOException {
      String fileName = file.getFileName().toString();
      try (DataInputStream in = new DataInputStream(open(file))) {
        int found = in.readInt();
        if (found != magic) {
          throw new InvalidInput(
              "idx: %s begins with 0x%08x, expected 0x%08x: it is not an IDX file of %s"
                  .formatted(fileName, found, magic, rank == 3 ? "images" : "labels"));
        }
        int[] dimensions = new int[rank];
        long expected = 1;
        for (int i = 0; i < rank; i++) {
          dimensions[i] = in.readInt();
          expected =
              dimensions[i] < 0 ? Long.MAX_VALUE : Math.multiplyExact(expected, dimensions[i]);
          if (expected > Images.MAXIMUM_BYTES) {
            throw new InvalidInput(
                "idx: the header of %s claims more than %,d bytes: the file is damaged"
                    .formatted(fileName, Images.MAXIMUM_BYTES));
          }
        }
        return new Content(dimensions, body(in, fileName, (int) expected));
      } catch (EOFException e) {
        throw new InvalidInput(
            "idx: %s ends within its header (found %,d bytes): copy it again"
                .formatted(fileName, Files.size(file)),
            e);
      } catch (ZipException e) {
        throw new InvalidInput(
            "idx: %s is not a sound gzip file (%s): copy it again"
                .formatted(fileName, e.getMessage()),
            e);
      }
    }

    private static byte[] body(InputStream in, String fileName, int expected) throws IOException {
      byte[] bytes = new byte[expected];
      int length = 0;
      try {
        for (int read = 0; length < expected && read >= 0; length += Math.max(0, read)) {
          read = in.read(bytes, length, expected - length);
        }
      } catch (EOFException cutWithinCompressedData) {
        throw shortFile(fileName, length, expected, cutWithinCompressedData);
      }
      if (length < expected) {
        throw shortFile(fileName, length, expected, null);
      }
      if (in.read() >= 0) {
        throw new InvalidInput(
            "idx: %s goes on after the %,d bytes that its header announces: it is damaged"
                .formatted(fileName, expected));
      }
      return bytes;
    }

    private static InvalidInput shortFile(
        String fileName, int found, int expected, @Nullable Throwable cause) {
      String message =
          "idx: %s is %,d bytes short (found %,d bytes of data, expected %,d): copy it again"
              .formatted(fileName, expected - found, found, expected);
      return cause == null ? new InvalidInput(message) : new InvalidInput(message, cause);
    }

    private static InputStream open(Path file) throws IOException {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      if (!file.toString().endsWith(".gz")) {
        return in;
      }
      try {
        return new GZIPInputStream(in, 1 << 16);
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }
  }
}
