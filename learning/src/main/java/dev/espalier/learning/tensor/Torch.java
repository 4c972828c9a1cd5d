package dev.espalier.learning.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.learning.memory.ResidentMemory;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.OutOfMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tensor engine on one device: started once a process, proved by a real operation before it is
 * handed out.
 */
public final class Torch {
  /** The version of libtorch that the engine's native bridge was built for. */
  public static final String VERSION = "2.7.1";

  private static final Pattern DEVICE = Pattern.compile("cpu|cuda:[0-9]+");
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("out of memory|allocate memory|not enough memory", Pattern.CASE_INSENSITIVE);
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final Map<String, Torch> STARTED = new TreeMap<>();

  private final String name;
  private final Device device;
  private final PtNDManager manager;
  private final String numericClass;
  private final Map<String, String> environment;
  private final ConcurrentMap<Object, Tensor> constants = new ConcurrentHashMap<>();
  private final ThreadLocal<ByteBuffer> staging = ThreadLocal.withInitial(() -> allocate(1 << 16));

  private Torch(String name, Device device, EngineDescription description) {
    this.name = name;
    this.device = device;
    this.manager = (PtNDManager) NDManager.newBaseManager(device);
    this.numericClass = description.numericClass();
    this.environment = description.environment();
  }

  /** The engine on the processor. */
  public static Torch cpu() {
    return on("cpu");
  }

  /**
   * The engine on {@code cpu} or {@code cuda:N}.
   *
   * @throws InvalidInput if the name, the natives, their version or the device is not right
   */
  public static Torch on(String device) {
    if (!DEVICE.matcher(device).matches()) {
      throw new InvalidInput(
          "device %s is not known: use cpu, or cuda:0 (cuda:1, ...) for a GPU".formatted(device));
    }
    synchronized (STARTED) {
      Torch started = STARTED.get(device);
      if (started == null) {
        started = start(device);
        STARTED.put(device, started);
      }
      return started;
    }
  }

  private static Torch start(String name) {
    Engine engine = EngineStart.engine();
    Device device = Device.cpu();
    if (!name.equals("cpu")) {
      int index = Integer.parseInt(name.substring("cuda:".length()));
      EngineStart.requireGpu(engine, index);
      device = Device.gpu(index);
    }
    Arithmetic arithmetic = Arithmetic.ofThisMachine();
    Torch nameless = new Torch(name, device, EngineDescription.of(engine, device, "unproven"));
    nameless.proveWorking();
    String proven = device.isGpu() ? arithmetic.name() : arithmetic.named(Fingerprint.of(nameless));
    return new Torch(name, device, EngineDescription.of(engine, device, proven));
  }

  /** Multiplies two matrices and takes a gradient: a wrong libtorch loads, and fails only here. */
  private void proveWorking() {
    try (Scope _ = recording();
        Tensor leaf = leaf(new float[] {1, 2, 3, 4}, 2, 2)) {
      Tensor product = leaf.matmul(tensor(new float[] {0, 1, 1, 0}, 2, 2)); // swaps the columns
      Tensor gradient = Gradients.of(product.square().sum(), List.of(leaf)).getFirst();
      if (!Arrays.equals(product.toFloats(), new float[] {2, 1, 4, 3})
          || !Arrays.equals(gradient.toFloats(), new float[] {2, 4, 6, 8})) {
        throw new InvalidInput(
            "the tensor engine on %s computes wrong numbers. Run: espalier doctor".formatted(name));
      }
    } catch (EngineException e) {
      throw new InvalidInput(
          "the tensor engine on %s fails at a simple operation (%s). Run: espalier doctor"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  // ---- scopes

  /** Opens a scope in which nothing is recorded. */
  public Scope inference() {
    return Scope.open(this, false);
  }

  /** Opens a scope in which operations on leaves are recorded for backward passes. */
  public Scope recording() {
    return Scope.open(this, true);
  }

  /**
   * Runs work whose failures are to have a type: what the engine could not find memory for becomes
   * {@link OutOfMemory}.
   */
  public <T extends @Nullable Object> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      String message = String.valueOf(e.getMessage());
      if (OUT_OF_MEMORY.matcher(message).find()) {
        throw new OutOfMemory(
            "%s has no memory left for this: make batches smaller, or run fewer slots (%s)"
                .formatted(name, message.lines().findFirst().orElse("")),
            e);
      }
      throw e;
    }
  }

  // ---- making tensors

  /** A tensor of the scope with these numbers, row-major. */
  public Tensor tensor(float[] values, long... shape) {
    return Scope.current().own(copied(values, shape));
  }

  /** A tensor of the scope with these numbers, row-major, in double precision. */
  public Tensor tensor(double[] values, long... shape) {
    return Scope.current().own(copied(values, shape));
  }

  /** A tensor of the scope with these numbers one after another, row-major. */
  public Tensor tensor(List<float[]> parts, long... shape) {
    int count = Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum());
    if (isGpu()) {
      ByteBuffer bytes = staging((long) count * Float.BYTES);
      FloatBuffer floats = bytes.asFloatBuffer();
      parts.forEach(floats::put);
      return Scope.current().own(copied(bytes, DataType.FLOAT32, count, shape));
    }
    PtNDArray array = empty(DataType.FLOAT32, count, shape);
    MemorySegment memory = memory(array);
    long at = 0;
    for (float[] part : parts) {
      MemorySegment.copy(part, 0, memory, FLOAT, at, part.length);
      at += (long) part.length * Float.BYTES;
    }
    return Scope.current().own(array);
  }

  /**
   * A tensor of the scope, in single precision, whose numbers are written where they will lie; on
   * the processor only.
   *
   * @param writer gets all its memory, row-major, with anything in it
   */
  public Tensor tensor(Consumer<MemorySegment> writer, long... shape) {
    return Scope.current().own(written(writer, shape));
  }

  /** A leaf whose numbers are written where they will lie; the caller closes it. */
  public Tensor leaf(Consumer<MemorySegment> writer, long... shape) {
    return leaf(written(writer, shape));
  }

  private PtNDArray written(Consumer<MemorySegment> writer, long... shape) {
    if (isGpu()) {
      throw new IllegalStateException("the memory of a GPU cannot be written to from here");
    }
    PtNDArray array = empty(DataType.FLOAT32, Math.toIntExact(new Shape(shape).size()), shape);
    writer.accept(memory(array));
    return array;
  }

  /** Whole numbers, {@code [numbers]}; the caller closes it. */
  PtNDArray positions(int... numbers) {
    ByteBuffer bytes = staging((long) numbers.length * Long.BYTES);
    LongBuffer longs = bytes.asLongBuffer();
    for (int number : numbers) {
      longs.put(number);
    }
    return copied(bytes, DataType.INT64, numbers.length, numbers.length);
  }

  /** A tensor of the scope with one value everywhere. */
  public Tensor full(double value, Precision precision, long... shape) {
    return Scope.current()
        .own(
            JniUtils.full(
                manager, new Shape(shape), value, precision.type(), device, SparseFormat.DENSE));
  }

  /** A tensor that gradients are taken for. It outlives every scope: the caller closes it. */
  public Tensor leaf(float[] values, long... shape) {
    return leaf(copied(values, shape));
  }

  /** A leaf in double precision; the caller closes it. */
  public Tensor leaf(double[] values, long... shape) {
    return leaf(copied(values, shape));
  }

  private Tensor leaf(PtNDArray array) {
    JniUtils.attachGradient(array, true);
    return Tensor.lasting(this, array, true);
  }

  /** A tensor without gradient that outlives every scope (a constant, or running statistics). */
  public Tensor buffer(float[] values, long... shape) {
    return Tensor.lasting(this, copied(values, shape), false);
  }

  /** A buffer in double precision; the caller closes it. */
  public Tensor buffer(double[] values, long... shape) {
    return Tensor.lasting(this, copied(values, shape), false);
  }

  private PtNDArray copied(float[] values, long[] shape) {
    if (!isGpu()) {
      PtNDArray array = empty(DataType.FLOAT32, values.length, shape);
      MemorySegment.copy(values, 0, memory(array), FLOAT, 0, values.length);
      return array;
    }
    ByteBuffer bytes = staging((long) values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return copied(bytes, DataType.FLOAT32, values.length, shape);
  }

  private PtNDArray copied(double[] values, long[] shape) {
    if (!isGpu()) {
      PtNDArray array = empty(DataType.FLOAT64, values.length, shape);
      MemorySegment.copy(values, 0, memory(array), DOUBLE, 0, values.length);
      return array;
    }
    ByteBuffer bytes = staging((long) values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return copied(bytes, DataType.FLOAT64, values.length, shape);
  }

  /** Memory of the engine that nobody has written to yet. */
  private PtNDArray empty(DataType type, int count, long... shape) {
    Scope.requirePlatformThread();
    return JniUtils.createEmptyNdArray(
        manager, shaped(count, shape), type, device, SparseFormat.DENSE);
  }

  private static Shape shaped(int count, long... shape) {
    Shape wanted = new Shape(shape);
    if (wanted.size() != count) {
      throw new IllegalArgumentException(
          "%d numbers do not fill the shape %s".formatted(count, wanted));
    }
    return wanted;
  }

  /** Where the numbers of an array on the processor lie, row-major. */
  static MemorySegment memory(PtNDArray array) {
    return array.getShape().size() == 0
        ? MemorySegment.NULL
        : MemorySegment.ofBuffer(JniUtils.getByteBuffer(array, true));
  }

  /**
   * The engine wraps the buffer without copying and its graph keeps the wrapped address, not the
   * buffer. So the wrapper is copied at once into memory that libtorch owns, and the buffer, one
   * per thread, is used again: nothing waits for the garbage collector.
   */
  private PtNDArray copied(ByteBuffer bytes, DataType type, int count, long... shape) {
    Scope.requirePlatformThread();
    try (PtNDArray alias =
        JniUtils.createNdFromByteBuffer(
            manager, bytes, shaped(count, shape), type, SparseFormat.DENSE, device)) {
      boolean recording = JniUtils.isGradMode();
      JniUtils.setGradMode(false);
      try {
        return JniUtils.clone(alias);
      } finally {
        JniUtils.setGradMode(recording);
      }
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  private ByteBuffer staging(long bytes) {
    ByteBuffer buffer = staging.get();
    if (buffer.capacity() < bytes) {
      buffer =
          allocate(Math.toIntExact(Math.max(bytes, Math.min(2L * buffer.capacity(), 1 << 28))));
      staging.set(buffer);
    }
    return buffer.clear().order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** {@code kernel * kernel / pixels} of every output position, {@code [1, 1, h, w]}. */
  Tensor poolingCorrection(PoolingShape shape) {
    return constant(
        shape,
        shape.precision(),
        shape::correction,
        1,
        1,
        shape.outputHeight(),
        shape.outputWidth());
  }

  /** Row {@code i} averages the neighbours of {@code i} that exist, {@code [size, size]}. */
  Tensor neighbourMeans(int size, int kernel, Precision precision) {
    NeighbourMeans means = new NeighbourMeans(size, kernel, precision);
    return constant(means, precision, means::matrix, size, size);
  }

  private Tensor constant(
      Object key, Precision precision, Supplier<double[]> numbers, long... shape) {
    return constants.computeIfAbsent(
        key,
        _ -> {
          double[] values = numbers.get();
          if (precision == Precision.FLOAT64) {
            return buffer(values, shape);
          }
          float[] narrow = new float[values.length];
          for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
          }
          return buffer(narrow, shape);
        });
  }

  Device device() {
    return device;
  }

  /** Whether tensors live on a GPU. */
  public boolean isGpu() {
    return device.isGpu();
  }

  // ---- what it is

  /**
   * What may change the bits of a result: {@code cpu/torch-2.7.1/avx2/threads-1} or {@code
   * cuda/<model>/torch-2.7.1}.
   */
  public String numericClass() {
    return numericClass;
  }

  /** Versions, threads, instruction set and device, for the record beside each result. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Bytes in use: of the process on the processor, of the whole device on a GPU. */
  public long deviceMemoryBytes() {
    return device.isGpu() ? CudaDriver.usedBytes(device.getDeviceId()) : ResidentMemory.bytes();
  }

  /** Native arrays that nobody has freed yet. */
  public int liveTensors() {
    return manager.getManagedArrays().size();
  }
}
