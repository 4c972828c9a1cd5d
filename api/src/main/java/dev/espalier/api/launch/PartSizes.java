package dev.espalier.api.launch;

import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether a data set has enough images to train, validate and test a network. */
final class PartSizes {
  /** With so many images a class on average, no look at the single classes is needed. */
  private static final int PLENTY = 10;

  private static final double VALIDATION_SHARE = 0.2;

  private PartSizes() {}

  /** What is lacking, in words. */
  static Optional<String> problem(Store store, DatasetDocument data) {
    boolean plenty = data.train() >= PLENTY * (long) data.classes() && data.test() > 0;
    if (plenty || isEnough(data, validation(store, data))) {
      return Optional.empty();
    }
    return Optional.of(
        ("data: %s has too few images to train, validate and test a network (%,d for training and %,d for "
                + "testing, in %,d classes): import more of them; three for training, two of them of one class, "
                + "and one for testing are the least")
            .formatted(data.name(), data.train(), data.test(), data.classes()));
  }

  /** The classes that have fewer training images, with how many. */
  static List<String> classesBelow(Store store, DatasetDocument data, int wanted) {
    int[] counts = counts(store, data);
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] < wanted)
        .mapToObj(label -> "%s (%d)".formatted(data.classNames().get(label), counts[label]))
        .toList();
  }

  private static boolean isEnough(DatasetDocument data, int validation) {
    return validation >= 1 && data.train() - validation >= 2 && data.test() >= 1;
  }

  /** How many training images a stratified fifth is, as the training makes it. */
  private static int validation(Store store, DatasetDocument data) {
    int validation = 0;
    for (int count : counts(store, data)) {
      int share = (int) Math.floor(count * VALIDATION_SHARE + 0.5);
      validation += count < 2 ? 0 : Math.clamp(share, 1, count - 1);
    }
    return validation;
  }

  /** The labels stand behind the first line, in two bytes each. */
  private static int[] counts(Store store, DatasetDocument data) {
    int[] counts = new int[data.classes()];
    try (InputStream artifact = store.artifacts().open(data.artifact());
        DataInputStream in = new DataInputStream(new BufferedInputStream(artifact))) {
      int next = in.read();
      while (next != '\n' && next >= 0) {
        next = in.read();
      }
      for (int image = 0; image < data.train(); image++) {
        counts[in.readUnsignedShort()]++;
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(data.name()), e);
    }
  }
}
