package dev.espalier.learning.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** NumPy's archives of arrays, as numbers in their own order. */
public final class Npz {
  private final Map<String, double[]> arrays = new HashMap<>();

  private Npz() {}

  public static Npz of(String sharedFile) {
    Npz npz = new Npz();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(SharedFiles.of(sharedFile)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        npz.arrays.put(entry.getName().replaceAll("\\.npy$", ""), numbers(zip.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return npz;
  }

  private static double[] numbers(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = buffer.getShort(8);
    String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
    buffer.position(10 + header);
    int width = Integer.parseInt(text.replaceAll(".*'descr': '[<|].(\\d)'.*\\s*", "$1"));
    boolean whole = text.contains("'<i") || text.contains("'|i");
    double[] numbers = new double[buffer.remaining() / width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          whole
              ? width == 1 ? buffer.get() : buffer.getLong()
              : width == 4 ? buffer.getFloat() : buffer.getDouble();
    }
    return numbers;
  }

  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  public double[] get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  public float[] floats(String name) {
    double[] values = get(name);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
