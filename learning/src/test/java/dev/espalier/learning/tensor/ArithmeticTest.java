package dev.espalier.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArithmeticTest {
  /** Each of them alone changes bits, or did before the engine was held to one arithmetic. */
  private static final Map<String, String> SHELL =
      Map.of(
          "MKL_CBWR", "COMPATIBLE",
          "MKL_ENABLE_INSTRUCTIONS", "SSE4_2",
          "MKL_NUM_THREADS", "4",
          "OMP_NUM_THREADS", "4",
          "ATEN_CPU_CAPABILITY", "default",
          "ONEDNN_MAX_CPU_ISA", "SSE41",
          "DNNL_MAX_CPU_ISA", "SSE41",
          "ONEDNN_DEFAULT_FPMATH_MODE", "BF16");

  /** Prints the numeric class and the fingerprint of a process of its own. */
  static final class Printing {
    public static void main(String[] arguments) {
      Torch torch = Torch.cpu();
      System.out.println(torch.numericClass() + " " + Fingerprint.of(torch));
      System.exit(0);
    }
  }

  @Test
  void isTheSameWhateverTheShellSays() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Printing.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(SHELL);
    Process process = builder.start();
    String printed =
        process.inputReader().lines().reduce("", (_, last) -> last); // after what libraries log

    Torch here = Torch.cpu();
    assertThat(process.waitFor()).isZero();
    assertThat(printed).isEqualTo(here.numericClass() + " " + Fingerprint.of(here));
  }

  static Stream<Arguments> processors() {
    return Stream.of(
        Arguments.of("amd64", "flags\t\t: fpu sse4_2 avx fma avx2 bmi2\n", "avx2"),
        Arguments.of("amd64", "flags\t\t: fpu sse4_2 avx fma avx2 avx512f\n", "avx2"),
        Arguments.of("x86_64", "flags\t\t: fpu sse4_2 avx\n", "sse2"),
        Arguments.of("amd64", "", "sse2"),
        Arguments.of("aarch64", "Features\t: fp asimd avx2\n", "aarch64"));
  }

  @ParameterizedTest
  @MethodSource("processors")
  void isToldByTheProcessor(String architecture, String cpuInfo, String name) {
    assertThat(Arithmetic.of(architecture, cpuInfo).name()).isEqualTo(name);
  }

  @Test
  void otherBitsThanWereMeasuredHaveAnotherName() {
    Arithmetic common = Arithmetic.of("amd64", "flags : avx2 fma");

    assertThat(common.named(common.fingerprint())).isEqualTo("avx2");
    assertThat(common.named("0123456789abcdef")).isEqualTo("avx2-01234567");
    assertThat(Arithmetic.of("aarch64", "").named("0123456789abcdef"))
        .isEqualTo("aarch64-01234567");
  }
}
