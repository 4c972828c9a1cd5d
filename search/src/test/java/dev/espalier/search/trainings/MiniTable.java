package dev.espalier.search.trainings;

import dev.espalier.search.SharedData;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;

/** The published layout with 48 rows, some of them crashed (golden/neuralpredictor). */
public final class MiniTable {
  private static final String FOLDER = "golden/neuralpredictor/";
  private static final int VALUES = 4 * 3 * 2 * 4;

  private MiniTable() {}

  static TrainingTable read() {
    try (HdfFile file = new HdfFile(SharedData.file(FOLDER + "mini_table.hdf5"))) {
      String[] hashes = (String[]) file.getDatasetByPath("hash").getData();
      float[] values = (float[]) file.getDatasetByPath("metrics").getDataFlat();
      int[] parameters = (int[]) file.getDatasetByPath("trainable_parameters").getData();
      if (values.length != hashes.length * VALUES) {
        throw new AssertionError("the golden table has %d values".formatted(values.length));
      }
      return TrainingTable.ofRows(
          "nas-bench-101", List.of(4, 12, 36, 108), 3, List.of(hashes), parameters, values);
    }
  }

  /** An array of one of the golden archives, as numbers. */
  static double[] array(String archive, String name) throws IOException {
    byte[] bytes;
    try (ZipFile npz = new ZipFile(SharedData.file(FOLDER + archive).toFile())) {
      bytes = npz.getInputStream(npz.getEntry(name + ".npy")).readAllBytes();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = buffer.getShort(8);
    String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
    buffer.position(10 + header);
    int width = Integer.parseInt(text.replaceAll("(?s).*'descr': '[<|].(\\d)'.*", "$1"));
    boolean isWhole = text.contains("'<i") || text.contains("'|i");
    return IntStream.range(0, buffer.remaining() / width)
        .mapToDouble(_ -> next(buffer, width, isWhole))
        .toArray();
  }

  private static double next(ByteBuffer buffer, int width, boolean isWhole) {
    if (isWhole) {
      return width == 1 ? buffer.get() : buffer.getLong();
    }
    return width == 4 ? buffer.getFloat() : buffer.getDouble();
  }
}
