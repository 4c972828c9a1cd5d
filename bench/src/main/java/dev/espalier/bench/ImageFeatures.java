package dev.espalier.bench;

import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.random.RandomStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Features of the images of a data set, class by class.
 *
 * @param classes of each the rows of its images
 */
record ImageFeatures(int width, List<List<Row>> classes) {
  /** Numbers that are not compared. */
  static final class Row {
    final float[] numbers;

    Row(float... numbers) {
      this.numbers = numbers;
    }
  }

  /** Of {@code NAME_features_f16.bin} and {@code NAME_labels_u8.bin}. */
  static ImageFeatures read(Path folder, String name) throws IOException {
    byte[] labels = Files.readAllBytes(folder.resolve(name + "_labels_u8.bin"));
    ShortBuffer halves =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + "_features_f16.bin")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    int width = halves.remaining() / labels.length;
    Map<Integer, List<Row>> byClass = new TreeMap<>();
    for (byte label : labels) {
      float[] row = new float[width];
      for (int i = 0; i < width; i++) {
        row[i] = Float.float16ToFloat(halves.get());
      }
      byClass.computeIfAbsent(label & 0xff, _ -> new ArrayList<>()).add(new Row(row));
    }
    return new ImageFeatures(width, List.copyOf(byClass.values()));
  }

  /** So many of the features, chosen once and for all: a fixed map to another width. */
  ImageFeatures selected(int wanted, long seed) {
    int[] kept = RandomStream.of(seed, "metad2a sets", "features").permutation(width);
    List<List<Row>> narrow = new ArrayList<>();
    for (List<Row> images : classes) {
      List<Row> rows = new ArrayList<>();
      for (Row image : images) {
        float[] row = new float[wanted];
        for (int i = 0; i < wanted; i++) {
          row[i] = image.numbers[kept[i]];
        }
        rows.add(new Row(row));
      }
      narrow.add(rows);
    }
    return new ImageFeatures(wanted, narrow);
  }

  /** Random images of these classes, at most as many of each as its class with the fewest has. */
  SetDraw draw(int[] of, int most, RandomStream stream) {
    int perClass = most;
    for (int each : of) {
      perClass = Math.min(perClass, classes.get(each).size());
    }
    float[] drawn = new float[of.length * perClass * width];
    int at = 0;
    for (int each : of) {
      List<Row> images = classes.get(each);
      int[] order = stream.permutation(images.size());
      for (int i = 0; i < perClass; i++) {
        System.arraycopy(images.get(order[i]).numbers, 0, drawn, at, width);
        at += width;
      }
    }
    return new SetDraw(of.length, perClass, width, drawn);
  }
}
