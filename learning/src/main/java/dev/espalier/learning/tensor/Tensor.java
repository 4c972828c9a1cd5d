package dev.espalier.learning.tensor;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on the engine's device.
 *
 * <p>Results belong to the innermost open {@link Scope} of the thread. There is no overload that
 * takes a Java number and hands it to the engine by reference: {@link #multiply(double)} and {@link
 * #add(double)} make a real tensor of it, since DJL's own overloads let the graph keep a pointer
 * into memory that the garbage collector frees (60 of 60 gradients wrong under stress).
 */
public final class Tensor implements AutoCloseable {
  private final Torch torch;
  private final PtNDArray array;
  private final boolean leaf;
  private final boolean recorded;
  private @Nullable Scope owner;

  private Tensor(
      Torch torch, PtNDArray array, boolean leaf, boolean recorded, @Nullable Scope owner) {
    this.torch = torch;
    this.array = array;
    this.leaf = leaf;
    this.recorded = recorded;
    this.owner = owner;
  }

  static Tensor inScope(Torch torch, PtNDArray array, Scope scope) {
    return new Tensor(torch, array, false, scope.recording(), scope);
  }

  static Tensor lasting(Torch torch, PtNDArray array, boolean leaf) {
    return new Tensor(torch, array, leaf, false, null);
  }

  PtNDArray array() {
    if (array.isReleased()) {
      throw new IllegalStateException(
          "this tensor was freed when its scope closed: keep() it, or use it inside the scope");
    }
    return array;
  }

  Torch torch() {
    return torch;
  }

  private Tensor own(PtNDArray result) {
    return Scope.current().own(result);
  }

  // ---- what it is

  public long[] shape() {
    return array().getShape().getShape();
  }

  public long dimension(int axis) {
    return array().getShape().get(axis);
  }

  public int size() {
    return Math.toIntExact(array().getShape().size());
  }

  public Precision precision() {
    return array().getDataType() == DataType.FLOAT64 ? Precision.FLOAT64 : Precision.FLOAT32;
  }

  /** Whether gradients can be taken for this tensor. */
  public boolean isLeaf() {
    return leaf;
  }

  /**
   * Whether a backward pass can start here. Known here and not asked of the engine, which answers
   * false for results, and crashes the process when asked for the operation behind a leaf.
   */
  public boolean isRecorded() {
    return recorded;
  }

  // ---- arithmetic, elementwise with broadcasting

  public Tensor add(Tensor other) {
    requireScope();
    return own(JniUtils.add(array(), other.array()));
  }

  public Tensor subtract(Tensor other) {
    requireScope();
    return own(JniUtils.sub(array(), other.array()));
  }

  public Tensor multiply(Tensor other) {
    requireScope();
    return own(JniUtils.mul(array(), other.array()));
  }

  public Tensor divide(Tensor other) {
    requireScope();
    return own(JniUtils.div(array(), other.array()));
  }

  public Tensor add(double scalar) {
    return add(torch.full(scalar, precision()));
  }

  public Tensor multiply(double scalar) {
    return multiply(torch.full(scalar, precision()));
  }

  /** The smaller of both numbers; where they are equal, each has half of the gradient. */
  public Tensor minimum(Tensor other) {
    requireScope();
    return own(JniUtils.min(array(), other.array()));
  }

  public Tensor square() {
    requireScope();
    return own(JniUtils.square(array()));
  }

  public Tensor sqrt() {
    requireScope();
    return own(JniUtils.sqrt(array()));
  }

  public Tensor exp() {
    requireScope();
    return own(JniUtils.exp(array()));
  }

  public Tensor log() {
    requireScope();
    return own(JniUtils.log(array()));
  }

  public Tensor abs() {
    requireScope();
    return own(JniUtils.abs(array()));
  }

  public Tensor negate() {
    requireScope();
    return own(JniUtils.neg(array()));
  }

  public Tensor sigmoid() {
    requireScope();
    return own(JniUtils.sigmoid(array()));
  }

  public Tensor tanh() {
    requireScope();
    return own(JniUtils.tanh(array()));
  }

  /** Adds in place; only where nothing is recorded, for optimisers and running sums. */
  public void addInPlace(Tensor other) {
    requireNotRecording();
    JniUtils.addi(array(), other.array());
  }

  /** Subtracts in place; only where nothing is recorded. */
  public void subtractInPlace(Tensor other) {
    requireNotRecording();
    JniUtils.subi(array(), other.array());
  }

  /** Multiplies in place; only where nothing is recorded. */
  public void multiplyInPlace(Tensor other) {
    requireNotRecording();
    JniUtils.muli(array(), other.array());
  }

  /** Divides in place; only where nothing is recorded. */
  public void divideInPlace(Tensor other) {
    requireNotRecording();
    JniUtils.divi(array(), other.array());
  }

  // ---- products, sums, shapes

  public Tensor matmul(Tensor other) {
    requireScope();
    return own(JniUtils.matmul(array(), other.array()));
  }

  public Tensor transpose(int first, int second) {
    requireScope();
    return own(JniUtils.transpose(array(), first, second));
  }

  public Tensor permute(long... axes) {
    requireScope();
    return own(JniUtils.permute(array(), axes));
  }

  public Tensor reshape(long... shape) {
    requireScope();
    return own(JniUtils.reshape(array(), shape));
  }

  public Tensor sum() {
    requireScope();
    return own(JniUtils.sum(array()));
  }

  public Tensor sum(boolean keepAxes, long... axes) {
    requireScope();
    return own(JniUtils.sum(array(), axes, keepAxes));
  }

  public Tensor mean() {
    requireScope();
    return own(JniUtils.mean(array()));
  }

  public Tensor mean(int axis, boolean keepAxis) {
    requireScope();
    return own(JniUtils.mean(array(), axis, keepAxis));
  }

  /** The elements {@code from} (inclusive) to {@code to} (exclusive) along {@code axis}. */
  public Tensor narrow(int axis, long from, long to) {
    requireScope();
    return own(JniUtils.slice(array(), axis, from, to, 1));
  }

  /** The elements 0, {@code step}, 2 {@code step}, ... along {@code axis}. */
  public Tensor everyNth(int axis, int step) {
    requireScope();
    return own(JniUtils.slice(array(), axis, 0, dimension(axis), step));
  }

  /** The position of the largest element along {@code axis}, as Java numbers. */
  public int[] argMax(int axis) {
    try (Scope scope = torch.inference()) {
      PtNDArray best = scope.own(JniUtils.argMax(array(), axis, false)).array();
      ByteBuffer bytes = read(best);
      int[] positions = new int[Math.toIntExact(best.getShape().size())];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = Math.toIntExact(bytes.getLong());
      }
      return positions;
    }
  }

  /** The same numbers in other precision. */
  public Tensor to(Precision precision) {
    requireScope();
    if (precision == precision()) {
      return this;
    }
    return own(JniUtils.to(array(), precision.type(), torch.device()));
  }

  /** A copy in memory of its own; part of the graph where recording. */
  public Tensor copy() {
    requireScope();
    return own(JniUtils.clone(array()));
  }

  /** The same memory outside the graph. */
  public Tensor detach() {
    requireScope();
    return own(JniUtils.detachGradient(array()));
  }

  // ---- reading

  public float[] toFloats() {
    float[] values = new float[size()];
    copyTo(values, 0);
    return values;
  }

  /** Copies the numbers, row-major, to {@code target} from {@code offset} on. */
  public void copyTo(float[] target, int offset) {
    int count = size();
    if (precision() == Precision.FLOAT32) {
      read(array()).asFloatBuffer().get(target, offset, count);
    } else {
      double[] values = toDoubles();
      for (int i = 0; i < count; i++) {
        target[offset + i] = (float) values[i];
      }
    }
  }

  public double[] toDoubles() {
    double[] values = new double[size()];
    if (precision() == Precision.FLOAT64) {
      read(array()).asDoubleBuffer().get(values);
    } else {
      float[] floats = toFloats();
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
    }
    return values;
  }

  /** The only number of a tensor with one element. */
  public double item() {
    double[] values = toDoubles();
    if (values.length != 1) {
      throw new IllegalStateException(
          "item() needs one element, the shape is " + Arrays.toString(shape()));
    }
    return values[0];
  }

  /** A copy of the bytes; the engine makes it contiguous where it is not. */
  private static ByteBuffer read(PtNDArray source) {
    if (source.getDevice().isGpu()) {
      try (PtNDArray onHost = JniUtils.to(source, source.getDataType(), Device.cpu())) {
        return JniUtils.getByteBuffer(onHost, false);
      }
    }
    return JniUtils.getByteBuffer(source, false);
  }

  /**
   * The numbers where they lie, row-major, until the tensor is freed; on the processor only. What
   * is written there is in the tensor, and no recorded graph that still needs the old numbers
   * knows.
   */
  public MemorySegment memory() {
    if (torch.isGpu()) {
      throw new IllegalStateException("the numbers are on the GPU: read them by toFloats()");
    }
    return Torch.memory(array());
  }

  // ---- ownership

  /** Takes the tensor out of its scope; from now on the caller closes it. */
  public Tensor keep() {
    owner = null;
    return this;
  }

  void freeIfOwnedBy(Scope scope) {
    if (owner == scope) {
      close();
    }
  }

  @Override
  public void close() {
    owner = null;
    array.close();
  }

  private static void requireScope() {
    Scope.current();
  }

  private static void requireNotRecording() {
    if (JniUtils.isGradMode()) {
      throw new IllegalStateException(
          "changing a tensor in place while recording would corrupt the graph: do it inside try"
              + " (Scope _ = torch.inference())");
    }
  }

  @Override
  public String toString() {
    return array.isReleased() ? "Tensor(freed)" : "Tensor" + Arrays.toString(shape());
  }
}
