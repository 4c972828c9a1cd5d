package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In a process of its own whose Java heap is all touched at the start: otherwise the heap's growth
 * to its usual size would be taken for a leak.
 */
class TrainingMemoryTest {
  @Test
  @Tag("slow")
  void residentSizeStaysFlatOverTenThousandSteps() throws IOException, InterruptedException {
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Doffline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Xms300m",
                "-Xmx300m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraining.class.getName(),
                "1000",
                "11000")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(training.waitFor()).isZero();
    List<Long> bytes =
        printed.lines().filter(line -> line.matches("\\d+")).map(Long::valueOf).toList();
    assertThat(bytes).hasSize(2);
    assertThat((double) bytes.getLast() / bytes.getFirst())
        .as("resident after 11,000 steps / after 1,000")
        .isLessThan(1.1);
  }
}
