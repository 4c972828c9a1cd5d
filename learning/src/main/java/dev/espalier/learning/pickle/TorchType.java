package dev.espalier.learning.pickle;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** The types of numbers in PyTorch's storages. */
enum TorchType {
  FLOAT64(8),
  FLOAT32(4),
  FLOAT16(2),
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  INT16(2),
  INT8(1),
  UINT8(1);

  private static final Map<String, TorchType> BY_STORAGE =
      Map.of(
          "DoubleStorage", FLOAT64,
          "FloatStorage", FLOAT32,
          "HalfStorage", FLOAT16,
          "BFloat16Storage", BFLOAT16,
          "LongStorage", INT64,
          "IntStorage", INT32,
          "ShortStorage", INT16,
          "CharStorage", INT8,
          "ByteStorage", UINT8,
          "BoolStorage", UINT8);

  private final int size;

  TorchType(int size) {
    this.size = size;
  }

  /** Bytes of a number. */
  int size() {
    return size;
  }

  /** The type of a storage class such as {@code FloatStorage}. */
  static Optional<TorchType> of(String storage) {
    return Optional.ofNullable(BY_STORAGE.get(storage));
  }

  static Iterable<String> storages() {
    return BY_STORAGE.keySet();
  }

  /** The number at that place of a little-endian buffer. */
  double number(ByteBuffer bytes, int at) {
    return switch (this) {
      case FLOAT64 -> bytes.getDouble(at);
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case INT64 -> bytes.getLong(at);
      case INT32 -> bytes.getInt(at);
      case INT16 -> bytes.getShort(at);
      case INT8 -> bytes.get(at);
      case UINT8 -> bytes.get(at) & 0xff;
    };
  }
}
