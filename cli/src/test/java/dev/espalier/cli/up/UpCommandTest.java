package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.ChildJvm;
import dev.espalier.cli.Main;
import dev.espalier.cli.home.Home;
import dev.espalier.workers.provision.GpuNatives;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpCommandTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(new StringWriter(), true));
    return line.execute(arguments);
  }

  @Test
  void aSecondOneIsRefusedWithTheFirstOnesProcess() throws Exception {
    try (ChildJvm first = ChildJvm.start(SupervisorTest.SmallUp.class, folder)) {
      first.awaitLine("up");

      assertThat(run("up", "--home", folder.resolve("home").toString())).isEqualTo(2);
      assertThat(err.toString())
          .contains("is already up: process %d".formatted(first.pid()))
          .contains("--home");

      first.kill();
      Supervisor.take(new Home(folder.resolve("home")), SupervisorTest.OPTIONS, line -> {}).close();
    }
  }

  @Test
  void tellsAllProblemsOfItsOptionsAtOnce() {
    assertThat(
            run(
                "up",
                "--home",
                folder.toString(),
                "--slots",
                "0",
                "--port",
                "70000",
                "--temporal",
                "nowhere",
                "--mongodb",
                "here"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("--slots must be between 1 and 1024, but was 0"))
        .anyMatch(line -> line.contains("--port must be between"))
        .anyMatch(line -> line.contains("--temporal must be HOST:PORT"))
        .anyMatch(line -> line.contains("--mongodb must be a URI"));
  }

  @Test
  void saysPlainlyThatAHomeCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run("up", "--home", file.resolve("home").toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("cannot be written")
        .contains("--home");
  }

  @Test
  void aWorkerForAGpuSaysThatThereIsNone() {
    Assumptions.assumeFalse(GpuNatives.driverPresent(), "this machine has a GPU");

    assertThat(
            run(
                "worker",
                "--home",
                folder.toString(),
                "--queue",
                "gpu",
                "--device",
                "cuda:0",
                "--temporal",
                "127.0.0.1:1",
                "--mongodb",
                "mongodb://127.0.0.1:1/espalier"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no GPU that can be used").contains("--device cpu");
  }

  @Test
  void aWorkerForNobodySaysWhatToGive() {
    assertThat(run("worker", "--home", folder.toString(), "--queue", "cpu", "--device", "cpu"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--temporal and --mongodb").contains("espalier up");
  }

  @Test
  void anUnknownCommandIsTheCallersMistake() {
    assertThat(run("upp")).isEqualTo(2);
    assertThat(err.toString()).contains("up");
  }
}
