package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a file of PyTorch's: a view of a storage, whose numbers stay in the file until they
 * are asked for.
 */
public final class TorchTensor {
  private final Storage storage;
  private final long offset;
  private final List<Integer> shape;
  private final int count;

  /** Where numbers stand in a file. */
  static final class Storage {
    private final String key;
    private final TorchType type;
    private final long count;
    private Bytes bytes =
        (_, _) -> {
          throw new IOException("it ends too early");
        };

    Storage(String key, TorchType type, long count) {
      this.key = key;
      this.type = type;
      this.count = count;
    }

    String key() {
      return key;
    }

    TorchType type() {
      return type;
    }

    long count() {
      return count;
    }

    void standsIn(Bytes where) {
      bytes = where;
    }
  }

  /** Reads a part of a storage's bytes. */
  @FunctionalInterface
  interface Bytes {
    byte[] read(long from, int count) throws IOException;
  }

  private TorchTensor(Storage storage, long offset, List<Integer> shape, int count) {
    this.storage = storage;
    this.offset = offset;
    this.shape = List.copyOf(shape);
    this.count = count;
  }

  /** As {@code _rebuild_tensor_v2} is called: storage, offset, sizes, strides. */
  static TorchTensor of(Object[] arguments) {
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (Object size : (Object[]) arguments[2]) {
      int length = ((Number) size).intValue();
      shape.add(length);
      count = Math.multiplyExact(count, length);
    }
    long stride = 1;
    Object[] strides = (Object[]) arguments[3];
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      if (shape.get(axis) > 1 && ((Number) strides[axis]).longValue() != stride) {
        throw new InvalidInput(
            "a tensor of shape %s is not stored row by row: save its .contiguous()"
                .formatted(shape));
      }
      stride *= Math.max(1, shape.get(axis));
    }
    Storage storage = (Storage) arguments[0];
    long offset = ((Number) arguments[1]).longValue();
    if (count < 0 || offset < 0 || offset + count > storage.count() || count > Integer.MAX_VALUE) {
      throw new InvalidInput(
          "a tensor of shape %s lies beyond its storage of %,d numbers"
              .formatted(shape, storage.count()));
    }
    return new TorchTensor(storage, offset, shape, (int) count);
  }

  /** Its sizes. */
  public List<Integer> shape() {
    return shape;
  }

  /** How many numbers it has. */
  public int count() {
    return count;
  }

  /** Whether its numbers are single precision, the usual. */
  public boolean isFloat32() {
    return storage.type() == TorchType.FLOAT32;
  }

  /**
   * Some of its numbers, counted row by row, read from the file.
   *
   * @param from the first of them
   */
  public float[] floats(int from, int length) throws IOException {
    ByteBuffer bytes = bytes(from, length);
    float[] values = new float[length];
    int size = storage.type().size();
    for (int i = 0; i < length; i++) {
      values[i] = (float) storage.type().number(bytes, i * size);
    }
    return values;
  }

  /** All its numbers, row by row. */
  public List<Double> numbers() throws IOException {
    ByteBuffer bytes = bytes(0, count);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(storage.type().number(bytes, i * storage.type().size()));
    }
    return values;
  }

  private ByteBuffer bytes(int from, int length) throws IOException {
    if (from < 0 || length < 0 || from + (long) length > count) {
      throw new IndexOutOfBoundsException(
          "%d numbers from %d of %d".formatted(length, from, count));
    }
    int size = storage.type().size();
    byte[] read = storage.bytes.read((offset + from) * size, Math.multiplyExact(length, size));
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }
}
