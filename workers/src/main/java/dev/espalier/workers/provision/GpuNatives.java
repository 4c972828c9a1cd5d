package dev.espalier.workers.provision;

import dev.espalier.search.failure.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tensor engine's libraries for a GPU: those of PyPI's {@code torch}, of the one version that
 * the engine's own binding was built for, with NVIDIA's libraries which come as its dependencies.
 * Installed into the home when a GPU is asked for and there is a driver.
 *
 * @param libraries the folder of an installation ({@code pip --target})
 */
public record GpuNatives(Path libraries) {
  /** The version that the binding (pytorch-jni) was built for; another loads and then fails. */
  public static final String TORCH = "2.7.1";

  /** The flavour of the binding; PyPI's libtorch of that version goes with it. */
  private static final String FLAVOR = "cu128";

  private static final long NEEDED_BYTES = 12L << 30;
  private static final Duration DOWNLOAD = Duration.ofHours(2);

  private static final List<Path> DRIVER_SIGNS =
      List.of(
          Path.of("/proc/driver/nvidia/version"), Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  /** Whether this machine has NVIDIA's driver. */
  public static boolean driverPresent() {
    return DRIVER_SIGNS.stream().anyMatch(Files::exists);
  }

  /** What is installed in a home's engine folder already. */
  public static Optional<GpuNatives> installed(Path engine) {
    Path place = place(engine);
    return Files.isDirectory(place.resolve("torch").resolve("lib"))
        ? Optional.of(new GpuNatives(place))
        : Optional.empty();
  }

  private static Path place(Path engine) {
    return engine.resolve("torch-" + TORCH + "-cuda");
  }

  /** Finds or installs them; refuses plainly on a machine without a driver. */
  public static GpuNatives provide(Path engine, Consumer<String> say) {
    return provide(engine, driverPresent(), System.getenv(), say);
  }

  static GpuNatives provide(
      Path engine, boolean driver, Map<String, String> environment, Consumer<String> say) {
    if (!driver) {
      throw new InvalidInput(
          ("this machine has no GPU that can be used: NVIDIA's driver is not loaded (%s is missing). "
                  + "Install it, or compute on the processor: --queue cpu --device cpu")
              .formatted(DRIVER_SIGNS.getFirst()));
    }
    Optional<GpuNatives> present = installed(engine);
    return present.isPresent() ? present.get() : install(engine, environment, say);
  }

  private static GpuNatives install(
      Path engine, Map<String, String> environment, Consumer<String> say) {
    String python =
        Python.withPip(environment).orElseThrow(() -> failed("Python 3 with pip was not found"));
    Path scratch = null;
    try {
      Files.createDirectories(engine);
      long free = Files.getFileStore(engine).getUsableSpace();
      if (free < NEEDED_BYTES) {
        throw failed(
            "it needs %,d MB in %s, and %,d MB are free"
                .formatted(NEEDED_BYTES >> 20, engine, free >> 20));
      }
      say.accept(
          "engine: installing torch %s with CUDA's libraries from PyPI (about 3 GB to fetch) into %s"
              .formatted(TORCH, place(engine)));
      scratch = Files.createTempDirectory(engine, ".torch");
      Command.Ended ended = pip(python, scratch, environment, List.of());
      if (!ended.ok() && ended.output().contains("No matching distribution")) {
        // A Python newer than that version of torch: the libraries inside are the same in every
        // package.
        ended =
            pip(
                python,
                scratch,
                environment,
                List.of(
                    "--only-binary=:all:",
                    "--python-version",
                    "3.12",
                    "--platform",
                    "manylinux_2_28_x86_64",
                    "--platform",
                    "manylinux_2_27_x86_64",
                    "--platform",
                    "manylinux2014_x86_64"));
      }
      if (!ended.ok()) {
        throw failed("pip said: " + ended.reason());
      }
      if (!Files.isDirectory(scratch.resolve("torch").resolve("lib"))) {
        throw failed("the package holds no torch/lib");
      }
      Files.move(scratch, place(engine), StandardCopyOption.ATOMIC_MOVE);
      return new GpuNatives(place(engine));
    } catch (IOException e) {
      throw failed("%s cannot be written (%s)".formatted(engine, e.getMessage()));
    } finally {
      TemporalServer.delete(scratch);
    }
  }

  private static Command.Ended pip(
      String python, Path target, Map<String, String> environment, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-compile",
                "--target",
                target.toString()));
    command.addAll(more);
    command.add("torch==" + TORCH);
    return Command.run(DOWNLOAD, environment, command);
  }

  private static InvalidInput failed(String reason) {
    return new InvalidInput(
        ("the engine's libraries for the GPU cannot be installed from PyPI (torch==%s): %s. "
                + "Mend that and try again, or compute on the processor: --queue cpu --device cpu")
            .formatted(TORCH, reason));
  }

  /**
   * What must be in the environment of a process, from its very start, for the engine to use them.
   *
   * @param inherited the environment so far
   */
  public Map<String, String> environment(Map<String, String> inherited) {
    Map<String, String> variables = new LinkedHashMap<>();
    Path torch = libraries.resolve("torch").resolve("lib");
    variables.put("PYTORCH_LIBRARY_PATH", torch.toString());
    variables.put("PYTORCH_VERSION", TORCH);
    variables.put("PYTORCH_FLAVOR", FLAVOR);
    List<String> path = new ArrayList<>(List.of(torch.toString()));
    try (Stream<Path> vendors = Files.list(libraries.resolve("nvidia"))) {
      vendors
          .map(vendor -> vendor.resolve("lib"))
          .filter(Files::isDirectory)
          .map(Path::toString)
          .sorted()
          .forEach(path::add);
    } catch (IOException e) {
      // No such folder: NVIDIA's libraries are the system's own.
    }
    String before = inherited.get("LD_LIBRARY_PATH");
    if (before != null && !before.isEmpty()) {
      path.add(before);
    }
    variables.put("LD_LIBRARY_PATH", String.join(File.pathSeparator, path));
    return variables;
  }
}
