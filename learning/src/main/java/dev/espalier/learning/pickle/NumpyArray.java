package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A NumPy array of numbers, as a pickle holds it: shape, type, bytes row by row. */
public final class NumpyArray implements RestrictedUnpickler.Stateful {
  private List<Integer> shape = List.of(0);
  private NumpyType type = new NumpyType("u1");
  private byte[] bytes = {};

  NumpyArray() {}

  /** What {@code ndarray.__reduce__} writes: (version, shape, type, column by column, bytes). */
  @Override
  public void state(Object state) {
    if (!(state instanceof Object[] parts) || parts.length != 5) {
      throw new InvalidInput("the pickle holds an array in a form that NumPy does not write");
    }
    if (Boolean.TRUE.equals(parts[3])) {
      throw new InvalidInput(
          "the pickle holds an array that is stored column by column: store it row by row");
    }
    set(parts[1], (NumpyType) parts[2], raw(parts[4]));
  }

  /** A new array over these bytes. */
  static NumpyArray of(Object bytes, Object type, Object shape) {
    NumpyArray array = new NumpyArray();
    array.set(shape, (NumpyType) type, raw(bytes));
    return array;
  }

  /** Python 2 writes bytes as text. */
  static byte[] raw(Object bytes) {
    return switch (bytes) {
      case byte[] raw -> raw;
      case String text -> text.getBytes(StandardCharsets.ISO_8859_1);
      default -> throw new InvalidInput("the pickle holds an array whose numbers are objects");
    };
  }

  private void set(Object newShape, NumpyType newType, byte[] newBytes) {
    List<Integer> sizes = new ArrayList<>();
    long expected = newType.size();
    for (Object size : (Object[]) newShape) {
      int length = ((Number) size).intValue();
      if (length < 0) {
        throw new InvalidInput("the pickle holds an array of negative size");
      }
      sizes.add(length);
      expected = Math.multiplyExact(expected, length);
    }
    if (expected != newBytes.length) {
      throw new InvalidInput(
          "the pickle holds an array of shape %s and type %s with %,d bytes (expected %,d)"
              .formatted(sizes, newType.code(), newBytes.length, expected));
    }
    shape = List.copyOf(sizes);
    type = newType;
    bytes = newBytes;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** NumPy's name of the type without the byte order, such as {@code u1}. */
  public String type() {
    return type.code();
  }

  /** The number of elements. */
  public int count() {
    return bytes.length / type.size();
  }

  /** One element, counted row by row. */
  public Number number(int element) {
    return type.number(bytes, element);
  }

  /** The array's own bytes, row by row; not a copy, since an array may be most of memory. */
  public byte[] bytes() {
    return bytes;
  }
}
