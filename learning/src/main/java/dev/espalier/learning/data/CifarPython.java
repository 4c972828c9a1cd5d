package dev.espalier.learning.data;

import dev.espalier.learning.data.CifarBinary.Variant;
import dev.espalier.learning.pickle.DataPickle;
import dev.espalier.learning.pickle.NumpyArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 as Python programs get them: pickled batches {@code data_batch_1} to
 * {@code _5} and {@code test_batch}, or {@code train} and {@code test}, each with {@code data},
 * bytes {@code [n, 3072]} in planes, and {@code labels} or {@code fine_labels}. The pickles are
 * read as {@link DataPickle data}: nothing in them is executed.
 */
final class CifarPython {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final long MOST = 1L << 30;
  private static final Pattern TRAIN = Pattern.compile("(?i)(train|data_batch).*");
  private static final Pattern TEST = Pattern.compile("(?i)test.*");

  private final Variant variant;

  CifarPython(Variant variant) {
    this.variant = variant;
  }

  /** The files of a folder that are pickles by their content. */
  static List<Path> pickles(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files =
          entries
              .filter(Files::isRegularFile)
              .filter(file -> !FolderAccount.isMadeByNobody(file.getFileName().toString()))
              .sorted()
              .toList();
    }
    List<Path> pickles = new ArrayList<>();
    for (Path file : files) {
      if (isPickle(file)) {
        pickles.add(file);
      }
    }
    return pickles;
  }

  static boolean isPickle(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(ContentKind.FIRST_BYTES);
      boolean oldest = first.length > 4 && first[0] == '(' && first[1] == 'd' && first[2] == 'p';
      return oldest || ContentKind.of(first) == ContentKind.PICKLE;
    }
  }

  ImageDataset read(String name, Path folder, List<Path> pickles, Remarks remarks) {
    List<Path> train = matching(pickles, TRAIN);
    List<Path> test = matching(pickles, TEST);
    if (train.isEmpty() || test.isEmpty()) {
      throw new InvalidInput(
          "%s: no pickles %s in %s (found %s)"
              .formatted(
                  variant.label(),
                  train.isEmpty() ? "train or data_batch_1" : "test or test_batch",
                  folder,
                  Remarks.some(pickles.stream().map(CifarPython::fileName).toList())));
    }
    List<String> left =
        pickles.stream()
            .filter(file -> !train.contains(file) && !test.contains(file))
            .map(CifarPython::fileName)
            .filter(each -> !each.equals("batches.meta") && !each.equals("meta"))
            .toList();
    if (!left.isEmpty()) {
      remarks.add("left out: %s (neither train nor test)".formatted(Remarks.some(left)));
    }
    if (train.stream().anyMatch(file -> fileName(file).startsWith("data_batch_"))
        && train.size() < 5) {
      remarks.add("only %d of the 5 batches for training are here".formatted(train.size()));
    }
    return new ImageDataset(name, variant.classNames(), images(train), images(test));
  }

  private static List<Path> matching(List<Path> files, Pattern pattern) {
    return files.stream().filter(file -> pattern.matcher(fileName(file)).matches()).toList();
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  private Images images(List<Path> files) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    List<Integer> labels = new ArrayList<>();
    for (Path file : files) {
      take(file, pixels, labels);
    }
    return new Images(
        SHAPE, pixels.toByteArray(), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private void take(Path file, ByteArrayOutputStream pixels, List<Integer> labels) {
    String where = "%s: %s".formatted(variant.label(), fileName(file));
    Object content = DataPickle.read(where, Input.of(where, file).bytes(MOST));
    Object data = content instanceof Map<?, ?> batch ? DataPickle.value(batch, "data") : null;
    if (!(data instanceof NumpyArray array)
        || !array.type().equals("u1")
        || array.count() % SHAPE.size() != 0
        || array.count() / SHAPE.size() != array.shape().getFirst()) {
      throw new InvalidInput(
          "%s holds no images of 3 x 32 x 32 under \"data\": it is not a batch of CIFAR"
              .formatted(where));
    }
    int[] numbers = labels(where, (Map<?, ?>) content);
    if (numbers.length != array.shape().getFirst()) {
      throw new InvalidInput(
          "%s has %,d images but %,d labels: copy it again"
              .formatted(where, array.shape().getFirst(), numbers.length));
    }
    int classes = variant.classNames().size();
    for (int image = 0; image < numbers.length; image++) {
      if (numbers[image] < 0 || numbers[image] >= classes) {
        throw new InvalidInput(
            "%s: label %,d is %d (allowed 0 to %d)"
                .formatted(where, image, numbers[image], classes - 1));
      }
      labels.add(numbers[image]);
    }
    pixels.write(array.bytes(), 0, array.bytes().length);
  }

  private int[] labels(String where, Map<?, ?> batch) {
    String key = variant == Variant.CIFAR100 ? "fine_labels" : "labels";
    Object labels = DataPickle.value(batch, key);
    if (labels instanceof NumpyArray array) {
      return IntStream.range(0, array.count()).map(i -> array.number(i).intValue()).toArray();
    }
    if (labels instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().mapToInt(each -> ((Number) each).intValue()).toArray();
    }
    String other = variant == Variant.CIFAR100 ? "labels" : "fine_labels";
    throw new InvalidInput(
        "%s holds no numbers under \"%s\"%s"
            .formatted(
                where,
                key,
                DataPickle.value(batch, other) == null
                    ? ": it is not a batch of CIFAR"
                    : ": it is one of %s"
                        .formatted(variant == Variant.CIFAR100 ? "cifar10" : "cifar100")));
  }
}
