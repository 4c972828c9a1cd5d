package dev.espalier.learning.network;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter by name, before it has values.
 *
 * @param name as in the published programs, but operators by name, e.g. {@code
 *     cells.0.edges.1<-0.nor_conv_3x3.op.1.weight}
 * @param fanIn inputs that meet in one output of the layer (for a bias, of the layer it belongs to)
 */
public record ParameterSpecification(
    String name, ParameterKind kind, List<Integer> shape, int fanIn) {
  public ParameterSpecification {
    shape = List.copyOf(shape);
  }

  public static ParameterSpecification convolution(String name, int out, int in, int kernel) {
    return new ParameterSpecification(
        name, ParameterKind.CONVOLUTION, List.of(out, in, kernel, kernel), in * kernel * kernel);
  }

  public static ParameterSpecification scale(String name, int channels) {
    return new ParameterSpecification(name, ParameterKind.SCALE, List.of(channels), 1);
  }

  public static ParameterSpecification shift(String name, int channels) {
    return new ParameterSpecification(name, ParameterKind.SHIFT, List.of(channels), 1);
  }

  public static ParameterSpecification matrix(String name, int out, int in) {
    return new ParameterSpecification(name, ParameterKind.MATRIX, List.of(out, in), in);
  }

  public static ParameterSpecification bias(String name, int out, int in) {
    return new ParameterSpecification(name, ParameterKind.BIAS, List.of(out), in);
  }

  /** Outputs that one input of the layer reaches. */
  public int fanOut() {
    return kind == ParameterKind.CONVOLUTION
        ? shape.get(0) * shape.get(2) * shape.get(3)
        : shape.getFirst();
  }

  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The shape as the engine wants it. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  /** A parameter's values, all the same. */
  float[] constant(float value) {
    float[] values = new float[size()];
    Arrays.fill(values, value);
    return values;
  }
}
