package dev.espalier.learning.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The environment that native libraries of this process read. Java keeps a copy from its start,
 * which does not change.
 */
final class NativeEnvironment {
  /** {@code int setenv(const char *name, const char *value, int overwrite)}. */
  private static final MethodHandle SETENV =
      function(
          "setenv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  /** {@code int unsetenv(const char *name)}. */
  private static final MethodHandle UNSETENV =
      function("unsetenv", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private NativeEnvironment() {}

  @SuppressWarnings("restricted") // two functions of the C library, with their exact types
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  static void set(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      check(name, (int) SETENV.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1));
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  static void unset(String name) {
    try (Arena arena = Arena.ofConfined()) {
      check(name, (int) UNSETENV.invokeExact(arena.allocateFrom(name)));
    } catch (Throwable e) {
      throw failed(name, e);
    }
  }

  private static void check(String name, int status) {
    if (status != 0) {
      throw new IllegalStateException(
          "the environment variable %s cannot be changed".formatted(name));
    }
  }

  /** What a method handle throws is declared as anything; these functions throw nothing. */
  private static RuntimeException failed(String name, Throwable failure) {
    return failure instanceof IllegalStateException plain
        ? plain
        : new IllegalStateException(
            "the environment variable %s cannot be changed".formatted(name), failure);
  }
}
