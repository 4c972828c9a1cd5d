package dev.espalier.learning.data;

import dev.espalier.search.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/** Small made-up data for tests. */
public final class Samples {
  private Samples() {}

  /** Random pixels; labels 0, 1, ..., classes-1, 0, 1, ... */
  public static Images images(ImageShape shape, int count, int classes, long seed) {
    RandomStream stream = RandomStream.of(seed, "sample");
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) stream.nextInt(256);
    }
    return new Images(shape, pixels, IntStream.range(0, count).map(i -> i % classes).toArray());
  }

  public static ImageDataset dataset(ImageShape shape, int train, int test, int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    return new ImageDataset(
        "sample", names, images(shape, train, classes, 1), images(shape, test, classes, 2));
  }
}
