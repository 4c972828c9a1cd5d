package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The binary layout of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one or two label bytes,
 * then 1,024 bytes each of red, green and blue, 32 x 32 row by row. Of two label bytes (CIFAR-100:
 * coarse, fine) the last one counts.
 *
 * <p>Read from a folder with {@code train*.bin} or {@code data_batch*.bin} and {@code test*.bin},
 * or from one file that is split by a seed; a folder of {@link CifarPython pickled batches} is read
 * too.
 */
public final class CifarBinary {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final Pattern TRAIN = Pattern.compile("(?i)(train|data_batch).*\\.bin");
  private static final Pattern TEST = Pattern.compile("(?i)test.*\\.bin");
  private static final Pattern VALIDATION = Pattern.compile("(?i)(val|dev).*\\.bin");
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

  /** As {@link #read(String, Path, long, Remarks)}, for data that is known. */
  public ImageDataset read(String name, Path path, long seed) throws IOException {
    return read(name, path, seed, new Remarks());
  }

  /**
   * Reads a folder or one file.
   *
   * @param seed decides the test part where there is one file only
   * @param remarks are told what was left out
   */
  public ImageDataset read(String name, Path path, long seed, Remarks remarks) throws IOException {
    if (!Files.exists(path)) {
      throw new InvalidInput(
          "%s: %s %s: give a folder or a .bin file"
              .formatted(variant.label(), path, Input.absence(path)));
    }
    if (!Files.isDirectory(path)) {
      checkKind(path);
      return TestShare.split(name, classNames, images(List.of(path)), seed);
    }
    List<Path> files = records(path);
    if (files.isEmpty()) {
      List<Path> pickles = CifarPython.pickles(path);
      if (!pickles.isEmpty()) {
        return new CifarPython(variant).read(name, path, pickles, remarks);
      }
      return read(name, onlyFolder(path), seed, remarks);
    }
    List<Path> train = matching(files, TRAIN);
    List<Path> test = matching(files, TEST);
    List<Path> validation = matching(files, VALIDATION);
    List<Path> others = new ArrayList<>(files);
    others.removeAll(train);
    others.removeAll(test);
    others.removeAll(validation);
    if (train.isEmpty()) {
      throw new InvalidInput(
          ("%s: no train*.bin or data_batch*.bin in %s (found %s); one single file is split by itself if it is "
                  + "given as the path")
              .formatted(variant.label(), path, FolderListing.of(path)));
    }
    if (test.isEmpty() && !others.isEmpty()) {
      throw new InvalidInput(
          ("%s: %s is neither a train nor a test part by its name (train*.bin, data_batch*.bin, test*.bin): "
                  + "rename it or move it away")
              .formatted(variant.label(), others.getFirst()));
    }
    return parts(name, path, train, test, validation, others, seed, remarks);
  }

  private ImageDataset parts(
      String name,
      Path path,
      List<Path> train,
      List<Path> test,
      List<Path> validation,
      List<Path> others,
      long seed,
      Remarks remarks)
      throws IOException {
    List<Path> left = new ArrayList<>(others);
    List<Path> tested = test;
    if (test.isEmpty() && !validation.isEmpty()) {
      remarks.add("%s is taken as the test part".formatted(named(validation)));
      tested = validation;
    } else {
      left.addAll(validation);
    }
    if (!left.isEmpty()) {
      remarks.add("left out: %s (neither train nor test)".formatted(named(left)));
    }
    if (tested.isEmpty()) {
      if (train.size() == 1) {
        remarks.add("there is no test part: a fifth of %s becomes it".formatted(named(train)));
        return TestShare.split(name, classNames, images(train), seed);
      }
      throw new InvalidInput(
          "%s: no test*.bin in %s (found %s)"
              .formatted(variant.label(), path, FolderListing.of(path)));
    }
    return new ImageDataset(name, classNames, images(train), images(tested));
  }

  private static String named(List<Path> files) {
    return Remarks.some(files.stream().map(file -> file.getFileName().toString()).toList());
  }

  /** An archive's folder, where nothing else is in the folder that was given. */
  private Path onlyFolder(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> folders = entries.filter(Files::isDirectory).toList();
      if (folders.size() == 1
          && (!records(folders.getFirst()).isEmpty()
              || !CifarPython.pickles(folders.getFirst()).isEmpty())) {
        return folders.getFirst();
      }
    }
    throw new InvalidInput(
        "%s: no train*.bin or data_batch*.bin in %s, nor pickles of these names (found %s)"
            .formatted(variant.label(), folder, FolderListing.of(folder)));
  }

  /** Records have no beginning of their own: whatever is known for something else is refused. */
  private void checkKind(Path file) throws IOException {
    ContentKind kind;
    try (InputStream in = Files.newInputStream(file)) {
      kind = ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES));
    }
    switch (kind) {
      case GZIP, BZIP2, XZ, ZSTANDARD, ZIP, TAR, RAR, SEVEN_ZIP ->
          throw new InvalidInput(
              "%s: %s is %s: unpack it and give the folder that comes out"
                  .formatted(variant.label(), file, kind.words()));
      case PICKLE ->
          throw new InvalidInput(
              "%s: %s is a Python pickle: give its folder, with all batches"
                  .formatted(variant.label(), file));
      case WEB_PAGE, GIT_LFS, HDF5, PYTORCH, PDF ->
          throw new InvalidInput(
              "%s: %s is %s, not records of images".formatted(variant.label(), file, kind.words()));
      default -> {
        // whether it holds whole records shows in its length and its labels
      }
    }
  }

  /** What is called as files of records are. */
  private static List<Path> records(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".bin"))
          .filter(file -> !FolderAccount.isMadeByNobody(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private static List<Path> matching(List<Path> files, Pattern pattern) {
    return files.stream()
        .filter(file -> pattern.matcher(file.getFileName().toString()).matches())
        .toList();
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
          ("%s: record %,d of %s has label %d (allowed 0 to %d): the file is damaged, or its records have another "
                  + "number of label bytes (--record-labels %d)")
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
      Input.checkFile("%s: %s".formatted(variant.label(), file), file);
      checkKind(file);
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
