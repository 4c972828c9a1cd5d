package dev.espalier.learning.pickle;

import dev.espalier.search.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element type of a NumPy array, such as {@code u1} or {@code f8}, and its byte order. */
final class NumpyType implements RestrictedUnpickler.Stateful {
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  NumpyType(String code) {
    this.code = code.replaceFirst("^[<>|=]", "");
    if (code.startsWith(">")) {
      order = ByteOrder.BIG_ENDIAN;
    }
  }

  /** {@code (version, byte order, ...)}; what follows belongs to structured types. */
  @Override
  public void state(Object state) {
    if (state instanceof Object[] parts && parts.length > 1 && ">".equals(parts[1])) {
      order = ByteOrder.BIG_ENDIAN;
    }
  }

  String code() {
    return code;
  }

  /** Bytes of one element. */
  int size() {
    return switch (code) {
      case "b1", "i1", "u1" -> 1;
      case "i2", "u2" -> 2;
      case "i4", "u4", "f4" -> 4;
      case "i8", "u8", "f8" -> 8;
      default ->
          throw new InvalidInput(
              "the pickle has numbers of type %s; known are b1, i1 to i8, u1 to u8, f4 and f8"
                  .formatted(code));
    };
  }

  /** The number at a place; of {@code u8}, those below 2^63. */
  Number number(byte[] bytes, int element) {
    ByteBuffer at = ByteBuffer.wrap(bytes).order(order).position(element * size());
    return switch (code) {
      case "f4" -> at.getFloat();
      case "f8" -> at.getDouble();
      case "i1" -> (long) at.get();
      case "b1", "u1" -> at.get() & 0xffL;
      case "i2" -> (long) at.getShort();
      case "u2" -> at.getShort() & 0xffffL;
      case "i4" -> (long) at.getInt();
      case "u4" -> at.getInt() & 0xffff_ffffL;
      default -> at.getLong();
    };
  }
}
