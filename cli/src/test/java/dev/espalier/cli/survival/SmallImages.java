package dev.espalier.cli.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Pictures of two kinds of shapes in CIFAR-10's binary layout: small, real enough to learn from.
 */
final class SmallImages {
  private static final int PIXELS = 32 * 32;

  private SmallImages() {}

  static void write(Path folder) throws IOException {
    Files.write(folder.resolve("train.bin"), records(1000, 1));
    Files.write(folder.resolve("test.bin"), records(200, 2));
  }

  private static byte[] records(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] records = new byte[count * (1 + 3 * PIXELS)];
    for (int record = 0; record < count; record++) {
      int label = record % 10;
      int start = record * (1 + 3 * PIXELS);
      records[start] = (byte) label;
      for (int pixel = 0; pixel < 3 * PIXELS; pixel++) {
        int row = pixel % PIXELS / 32;
        int column = pixel % 32;
        boolean shape = label % 2 == 0 ? row / (2 + label) % 2 == 0 : column / (2 + label) % 2 == 0;
        records[start + 1 + pixel] = (byte) ((shape ? 170 : 60) + random.nextInt(60));
      }
    }
    return records;
  }
}
