package dev.espalier.learning.data;

import dev.espalier.learning.pickle.DataPickle;
import dev.espalier.learning.pickle.NumpyArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * ImageNet at 16 x 16 pixels (Chrabaszcz, Loshchilov and Hutter 2017) in its pickled batches,
 * {@code train_data_batch_1} to {@code _10} and {@code val_data}: {@code data}, bytes {@code [n,
 * 768]} in planes, and {@code labels}, 1 to 1,000. NAS-Bench-201's ImageNet16-120 is the images
 * with labels 1 to 120: 151,700 for training and 6,000 for testing.
 *
 * <p>The pickles are read as {@link DataPickle data}: nothing in them is executed. Classes are
 * named by their numbers.
 */
public final class ImageNet16 {
  private static final ImageShape SHAPE = new ImageShape(3, 16, 16);
  private static final int CLASSES = 120;
  private static final int ALL_CLASSES = 1000;
  private static final int TRAIN_BATCHES = 10;
  private static final long MOST = 1L << 30;
  private static final String ADVICE = "take it from image-net.org's download page again";

  private ImageNet16() {}

  /** Reads a folder of all eleven files. */
  public static ImageDataset read(String name, Path folder) throws IOException {
    List<Path> train =
        IntStream.rangeClosed(1, TRAIN_BATCHES)
            .mapToObj(number -> folder.resolve("train_data_batch_" + number))
            .toList();
    Path test = folder.resolve("val_data");
    checkPresent(folder, train, test);
    List<String> classNames =
        IntStream.rangeClosed(1, CLASSES).mapToObj(Integer::toString).toList();
    return new ImageDataset(name, classNames, images(train), images(List.of(test)));
  }

  private static void checkPresent(Path folder, List<Path> train, Path test) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInput(
          "imagenet16: %s is not a folder%s: give the one with train_data_batch_1 to _10 and val_data"
              .formatted(
                  folder, Files.exists(folder) ? "" : " (it %s)".formatted(Input.absence(folder))));
    }
    List<Path> files = new ArrayList<>(train);
    files.add(test);
    List<String> missing =
        files.stream()
            .filter(file -> !Files.isRegularFile(file))
            .map(file -> file.getFileName().toString())
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInput(
          "imagenet16: %s lacks %s (found %s); pickles in an archive must be unpacked first"
              .formatted(folder, String.join(", ", missing), FolderListing.of(folder)));
    }
  }

  private static Images images(List<Path> files) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    List<Integer> labels = new ArrayList<>();
    for (Path file : files) {
      take(file, pixels, labels);
    }
    return new Images(
        SHAPE, pixels.toByteArray(), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Adds the images of the first classes. */
  private static void take(Path file, ByteArrayOutputStream pixels, List<Integer> labels)
      throws IOException {
    String fileName = file.getFileName().toString();
    String where = "imagenet16: " + fileName;
    Object content = DataPickle.read(where, Input.of(where, file).bytes(MOST));
    if (!(content instanceof Map<?, ?> batch)
        || !(batch.get("data") instanceof NumpyArray data)
        || batch.get("labels") == null) {
      throw new InvalidInput(
          "imagenet16: %s holds no data and labels: it is not a batch of downsampled ImageNet"
              .formatted(fileName));
    }
    if (data.shape().size() != 2
        || data.shape().getLast() != SHAPE.size()
        || !data.type().equals("u1")) {
      throw new InvalidInput(
          "imagenet16: the images of %s are %s of %s, expected [n, 768] of u1, which is 16 x 16%s"
              .formatted(
                  fileName,
                  data.shape(),
                  data.type(),
                  data.shape().getLast() == 3072 ? ": these are ImageNet32's" : ""));
    }
    int[] numbers = labels(batch.get("labels"), fileName);
    if (numbers.length != data.shape().getFirst()) {
      throw new InvalidInput(
          "imagenet16: %s has %,d images but %,d labels: %s"
              .formatted(fileName, data.shape().getFirst(), numbers.length, ADVICE));
    }
    for (int image = 0; image < numbers.length; image++) {
      if (numbers[image] < 1 || numbers[image] > ALL_CLASSES) {
        throw new InvalidInput(
            "imagenet16: label %,d of %s is %d (allowed 1 to 1,000): %s"
                .formatted(image, fileName, numbers[image], ADVICE));
      }
      if (numbers[image] <= CLASSES) {
        pixels.write(data.bytes(), image * SHAPE.size(), SHAPE.size());
        labels.add(numbers[image] - 1);
      }
    }
  }

  /** As a list or as an array. */
  private static int[] labels(Object labels, String fileName) {
    try {
      return switch (labels) {
        case List<?> list -> list.stream().mapToInt(each -> ((Number) each).intValue()).toArray();
        case NumpyArray array ->
            IntStream.range(0, array.count()).map(i -> array.number(i).intValue()).toArray();
        default -> throw new ClassCastException(labels.getClass().getSimpleName());
      };
    } catch (ClassCastException e) {
      throw new InvalidInput(
          "imagenet16: the labels of %s are no numbers: %s".formatted(fileName, ADVICE), e);
    }
  }
}
