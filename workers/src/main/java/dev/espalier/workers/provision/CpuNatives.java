package dev.espalier.workers.provision;

import dev.espalier.learning.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The engine's libraries for the processor: in a jar, unpacked once into the engine folder (some
 * 430 MB).
 */
public final class CpuNatives {
  private CpuNatives() {}

  /** Whether they are unpacked already in this folder ({@code DJL_CACHE_DIR}). */
  public static boolean unpacked(Path engine) {
    Path folder = engine.resolve("pytorch");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .filter(version -> version.getFileName().toString().contains("-cpu-"))
          .anyMatch(version ->
              Files.exists(version.resolve("libtorch_cpu.so"))
                  || Files.exists(version.resolve("libtorch_cpu.dylib")));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Unpacks them if need be, into the folder that {@code DJL_CACHE_DIR} named when this process
   * began, and proves that they compute.
   */
  public static Torch warm() {
    return Torch.cpu();
  }
}
