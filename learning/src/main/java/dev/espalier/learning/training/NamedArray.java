package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Tensor;
import java.util.Arrays;

/** A shape and single-precision numbers, row-major, in Java's memory. */
public final class NamedArray {
  private final String name;
  private final long[] shape;
  private final float[] values;

  public NamedArray(String name, long[] shape, float[] values) {
    this.name = name;
    this.shape = shape;
    this.values = values;
  }

  /** The numbers of a tensor now. */
  public static NamedArray of(String name, Tensor tensor) {
    return new NamedArray(name, tensor.shape(), tensor.toFloats());
  }

  /** The same under another name. */
  public NamedArray named(String other) {
    return new NamedArray(other, shape, values);
  }

  public String name() {
    return name;
  }

  /** Not a copy. */
  public long[] shape() {
    return shape;
  }

  /** Not a copy. */
  public float[] values() {
    return values;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
