package dev.espalier.learning.tensor;

import dev.espalier.search.failure.InvalidInput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the engine does not tell about a GPU, asked of NVIDIA's driver library. */
@SuppressWarnings("restricted") // native access is what this class is for; the launcher enables it
final class CudaDriver {
  private static final String LIBRARY = "libcuda.so.1";

  private CudaDriver() {}

  /** The name of the device, e.g. {@code NVIDIA H100 80GB HBM3}. */
  static String model(int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(256);
      Driver driver = Driver.open(arena);
      driver.call(
          "cuDeviceGetName",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          name,
          256,
          device);
      return name.getString(0);
    }
  }

  /** Bytes of the device's memory that are in use, by whomever. */
  static long usedBytes(int device) {
    try (Arena arena = Arena.ofConfined()) {
      Driver driver = Driver.open(arena);
      FunctionDescriptor withTwoAddresses =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
      FunctionDescriptor withAddress =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
      FunctionDescriptor withAddressAndDevice =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
      MemorySegment context = arena.allocate(ValueLayout.ADDRESS);
      driver.call("cuDevicePrimaryCtxRetain", withAddressAndDevice, context, device);
      try {
        driver.call("cuCtxPushCurrent_v2", withAddress, context.get(ValueLayout.ADDRESS, 0));
        MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment total = arena.allocate(ValueLayout.JAVA_LONG);
        driver.call("cuMemGetInfo_v2", withTwoAddresses, free, total);
        driver.call("cuCtxPopCurrent_v2", withAddress, context);
        return total.get(ValueLayout.JAVA_LONG, 0) - free.get(ValueLayout.JAVA_LONG, 0);
      } finally {
        driver.call(
            "cuDevicePrimaryCtxRelease_v2",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            device);
      }
    }
  }

  private record Driver(SymbolLookup symbols) {
    static Driver open(Arena arena) {
      try {
        Driver driver = new Driver(SymbolLookup.libraryLookup(LIBRARY, arena));
        driver.call("cuInit", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 0);
        return driver;
      } catch (IllegalArgumentException e) {
        throw new InvalidInput("NVIDIA's driver library %s is not there".formatted(LIBRARY), e);
      }
    }

    void call(String name, FunctionDescriptor signature, Object... arguments) {
      MethodHandle function =
          Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), signature);
      int code;
      try {
        code = (int) function.invokeWithArguments(arguments);
      } catch (Throwable e) {
        throw new IllegalStateException("cannot call " + name, e);
      }
      if (code != 0) {
        throw new InvalidInput("NVIDIA's driver answered %d to %s".formatted(code, name));
      }
    }
  }
}
