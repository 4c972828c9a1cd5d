package dev.espalier.learning.tensor;

import ai.djl.ndarray.types.DataType;

/** The width of the numbers in a tensor. */
public enum Precision {
  FLOAT32(DataType.FLOAT32, Float.BYTES),
  FLOAT64(DataType.FLOAT64, Double.BYTES);

  private final DataType type;
  private final int bytes;

  Precision(DataType type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  DataType type() {
    return type;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
