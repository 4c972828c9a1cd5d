package dev.espalier.learning.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The arithmetic of a processor, and how the engine is held to it: libtorch's own kernels, oneDNN
 * and MKL would each choose by themselves, and a processor with wider vectors would compute other
 * bits.
 *
 * @param name in the numeric class
 * @param pins environment variables of the native libraries
 * @param fingerprint what {@link Fingerprint} comes to where all is as it should be; empty if
 *     nobody has measured it
 */
public record Arithmetic(String name, Map<String, String> pins, String fingerprint) {
  /**
   * Processors with AVX2 and FMA, AVX-512 or not. Measured on an AMD EPYC. Not by {@code
   * MKL_CBWR=AVX2}: that is another arithmetic for products with a narrow side (a batch of one, an
   * average over 7 x 7 pixels), and would change the digests of experiments from before.
   */
  private static final Arithmetic AVX2 =
      new Arithmetic(
          "avx2",
          Map.of(
              "ATEN_CPU_CAPABILITY",
              "avx2",
              "ONEDNN_MAX_CPU_ISA",
              "AVX2",
              "MKL_ENABLE_INSTRUCTIONS",
              "AVX2"),
          "4277e9ec8ebbc3ede5146bddf91564ea8f74021e7db05601d46cdb68f1320f1d");

  /** Older ones of that kind: what all of them have. */
  private static final Arithmetic SSE2 =
      new Arithmetic(
          "sse2",
          Map.of(
              "ATEN_CPU_CAPABILITY",
              "default",
              "ONEDNN_MAX_CPU_ISA",
              "SSE41",
              "MKL_CBWR",
              "COMPATIBLE"),
          "");

  /**
   * The families of variables that the engine's libraries read: what a user's shell says is none.
   */
  private static final List<String> FAMILIES =
      List.of("ATEN_", "ONEDNN_", "DNNL_", "MKL_", "OMP_", "KMP_", "GOMP_", "TORCH_");

  public Arithmetic {
    pins = Map.copyOf(pins);
  }

  /** That of this machine, told by the processor itself and by no environment variable. */
  public static Arithmetic ofThisMachine() {
    return of(System.getProperty("os.arch"), cpuInfo());
  }

  /**
   * @param architecture as Java names it
   * @param cpuInfo the text of {@code /proc/cpuinfo}; empty on other systems than Linux
   */
  static Arithmetic of(String architecture, String cpuInfo) {
    String kind = architecture.toLowerCase(Locale.ROOT);
    if (!Set.of("amd64", "x86_64").contains(kind)) {
      return new Arithmetic(kind, Map.of("ATEN_CPU_CAPABILITY", "default"), "");
    }
    Set<String> flags =
        cpuInfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> Arrays.stream(line.split("\\s+", -1)).collect(Collectors.toSet()))
            .orElse(Set.of());
    return flags.contains("avx2") && flags.contains("fma") ? AVX2 : SSE2;
  }

  private static String cpuInfo() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether it is the one in which nearly all machines compute. */
  public boolean isCommon() {
    return equals(AVX2);
  }

  /**
   * Holds the native libraries of this process to it, whatever the environment said. Before they
   * are loaded: they read the variables once.
   */
  void pin() {
    for (String variable : new TreeMap<>(System.getenv()).keySet()) {
      if (FAMILIES.stream().anyMatch(variable::startsWith)) {
        NativeEnvironment.unset(variable);
      }
    }
    pins.forEach(NativeEnvironment::set);
    NativeEnvironment.set("OMP_NUM_THREADS", "1");
    NativeEnvironment.set("MKL_NUM_THREADS", "1");
  }

  /**
   * Its name, told apart where the engine computes other bits than were measured under that name.
   *
   * @param computed the fingerprint of this process's engine
   */
  String named(String computed) {
    return fingerprint.equals(computed) ? name : name + "-" + computed.substring(0, 8);
  }
}
