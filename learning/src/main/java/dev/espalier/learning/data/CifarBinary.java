package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The binary layout of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one or two label bytes,
 * then 1,024 bytes each of red, green and blue, 32 x 32 row by row. Of two label bytes (CIFAR-100:
 * coarse, fine) the last one counts.
 *
 * <p>Read from a folder with {@code train*.bin} or {@code data_batch*.bin} and {@code test*.bin},
 * or from one file that is split by a seed.
 */
public final class CifarBinary {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final Pattern TRAIN = Pattern.compile("(train|data_batch).*\\.bin");
  private static final Pattern TEST = Pattern.compile("test.*\\.bin");
  private static final int OFFICIAL_BATCH = 10_000;

  private final Variant variant;
  private final List<String> classNames;
  private final int recordLabels;

  /** Which of the two data sets: its classes and its usual number of label bytes. */
  public enum Variant {
    CIFAR10("cifar10", 1),
    CIFAR100("cifar100", 2);

    private final String label;
    private final int recordLabels;

    Variant(String label, int recordLabels) {
      this.label = label;
      this.recordLabels = recordLabels;
    }

    /** As a person writes it: the format's name. */
    public String label() {
      return label;
    }

    /** The official class names, in the order of the labels. */
    public List<String> classNames() {
      String resource = label + "-classes.txt";
      try (InputStream in = CifarBinary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("resource " + resource + " is missing from this build");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private CifarBinary(Variant variant, int recordLabels) {
    if (recordLabels < 1 || recordLabels > 2) {
      throw new InvalidInput(
          "%s: a record has 1 or 2 label bytes, but --record-labels was %d"
              .formatted(variant.label(), recordLabels));
    }
    this.variant = variant;
    this.classNames = variant.classNames();
    this.recordLabels = recordLabels;
  }

  /** The layout as officially distributed: one label byte in CIFAR-10, two in CIFAR-100. */
  public static CifarBinary of(Variant variant) {
    return new CifarBinary(variant, variant.recordLabels);
  }

  /** The layout with a given number of label bytes in a record. */
  public static CifarBinary of(Variant variant, int recordLabels) {
    return new CifarBinary(variant, recordLabels);
  }

  /**
   * Reads a folder or one file.
   *
   * @param seed decides the test part where there is one file only
   */
  public ImageDataset read(String name, Path path, long seed) throws IOException {
    if (Files.isRegularFile(path)) {
      return TestShare.split(name, classNames, images(List.of(path)), seed);
    }
    if (!Files.isDirectory(path)) {
      throw new InvalidInput(
          "%s: %s does not exist: give a folder or a .bin file".formatted(variant.label(), path));
    }
    List<Path> train = matching(path, TRAIN);
    List<Path> test = matching(path, TEST);
    if (train.isEmpty()) {
      throw new InvalidInput(
          "%s: no train*.bin or data_batch*.bin in %s (found %s); one single file is split by itself if it is given as the path"
              .formatted(variant.label(), path, FolderListing.of(path)));
    }
    if (test.isEmpty()) {
      if (train.size() == 1) {
        return TestShare.split(name, classNames, images(train), seed);
      }
      throw new InvalidInput(
          "%s: no test*.bin in %s (found %s)"
              .formatted(variant.label(), path, FolderListing.of(path)));
    }
    return new ImageDataset(name, classNames, images(train), images(test));
  }

  private static List<Path> matching(Path folder, Pattern pattern) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> pattern.matcher(p.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private int recordBytes() {
    return recordLabels + SHAPE.size();
  }

  private Images images(List<Path> files) throws IOException {
    int count = checkSizes(files);
    byte[] pixels = new byte[count * SHAPE.size()];
    int[] labels = new int[count];
    int next = 0;
    for (Path file : files) {
      byte[] records = Files.readAllBytes(file);
      for (int start = 0; start < records.length; start += recordBytes()) {
        labels[next] = label(records, start, file);
        System.arraycopy(records, start + recordLabels, pixels, next * SHAPE.size(), SHAPE.size());
        next++;
      }
    }
    return new Images(SHAPE, pixels, labels);
  }

  private int label(byte[] records, int start, Path file) {
    int label = records[start + recordLabels - 1] & 0xff;
    int classes = classNames.size();
    if (label >= classes) {
      throw new InvalidInput(
          "%s: record %,d of %s has label %d (allowed 0 to %d): the file is damaged, or its records have another number of label bytes (--record-labels %d)"
              .formatted(
                  variant.label(),
                  start / recordBytes(),
                  file.getFileName(),
                  label,
                  classes - 1,
                  3 - recordLabels));
    }
    return label;
  }

  /** Returns the number of records. */
  private int checkSizes(List<Path> files) throws IOException {
    long official = (long) OFFICIAL_BATCH * recordBytes();
    boolean officialSet = false;
    long total = 0;
    for (Path file : files) {
      officialSet |= Files.size(file) == official;
      total += Files.size(file);
    }
    if (total > Images.MAXIMUM_BYTES) {
      throw new InvalidInput(
          "%s: %,d bytes of images are more than one part can hold (%,d)"
              .formatted(variant.label(), total, Images.MAXIMUM_BYTES));
    }
    for (Path file : files) {
      checkSize(file, official, officialSet);
    }
    return (int) (total / recordBytes());
  }

  /** Files of the official names are 10,000 records long wherever one of them is. */
  private void checkSize(Path file, long official, boolean officialSet) throws IOException {
    String fileName = file.getFileName().toString();
    boolean officialName = fileName.matches("data_batch_\\d\\.bin|test_batch\\.bin");
    long size = Files.size(file);
    long remainder = size % recordBytes();
    if (officialName && size != official && (officialSet || remainder != 0)) {
      throw new InvalidInput(
          "%s: %s is %,d bytes %s (found %,d, expected %,d). Run: espalier data fetch %s"
              .formatted(
                  variant.label(),
                  fileName,
                  Math.abs(official - size),
                  size < official ? "short" : "too long",
                  size,
                  official,
                  variant.label()));
    }
    if (size == 0) {
      throw new InvalidInput("%s: %s is empty: copy it again".formatted(variant.label(), fileName));
    }
    if (remainder != 0) {
      int otherRecord = recordBytes() + (recordLabels == 1 ? 1 : -1);
      String advice =
          size % otherRecord == 0
              ? "its records seem to have %d label byte%s: add --record-labels %d"
                  .formatted(3 - recordLabels, recordLabels == 1 ? "s" : "", 3 - recordLabels)
              : "copy the file again";
      throw new InvalidInput(
          "%s: %s is %,d bytes short (found %,d, expected %,d: whole records of %,d bytes); %s"
              .formatted(
                  variant.label(),
                  fileName,
                  recordBytes() - remainder,
                  size,
                  size + recordBytes() - remainder,
                  recordBytes(),
                  advice));
    }
  }
}
