package dev.espalier.activities.evaluation.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program never outlives the worker, however that dies. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ProgramProcessTest {
  /** A program that has a child, and says who both are. */
  private static final List<String> FAMILY =
      List.of("sh", "-c", "sleep 600 & echo $$ $!; echo trouble >&2; wait");

  @TempDir private Path folder;

  /** A worker that starts a program, tells its processes, and then hangs. */
  public static final class Worker {
    public static void main(String[] arguments) throws Exception {
      ProgramProcess process =
          ProgramProcess.start(FAMILY, System.getenv(), Path.of(arguments[0]), 0, new ProgramLog());
      System.out.println(process.line(60_000));
      Thread.sleep(600_000);
    }
  }

  private static void awaitEnd(String pids) throws Exception {
    for (String pid : pids.split(" ", -1)) {
      ProcessHandle handle = ProcessHandle.of(Long.parseLong(pid)).orElse(null);
      if (handle != null) {
        handle.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void its_whole_group_ends_with_a_worker_that_is_killed() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pids;
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
      pids = Objects.requireNonNull(told.readLine());
      assertThat(ProcessHandle.of(Long.parseLong(pids.split(" ", -1)[0]))).isPresent();
      worker.destroyForcibly().waitFor(); // SIGKILL
    }
    awaitEnd(pids);
  }

  @Test
  void its_whole_group_ends_when_it_is_closed_and_what_it_told_is_heard() throws Exception {
    ProgramLog log = new ProgramLog();
    ProgramProcess process = ProgramProcess.start(FAMILY, System.getenv(), folder, 0, log);
    String pids = Objects.requireNonNull(process.line(60_000));
    process.close();
    assertThat(process.exit()).isEqualTo(128 + 9);
    awaitEnd(pids);
    assertThat(log.tail()).isEqualTo("trouble");
  }

  @Test
  void nothing_that_it_wrote_before_its_end_is_lost() throws Exception {
    ProgramProcess process =
        ProgramProcess.start(
            List.of("sh", "-c", "i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); echo $i; done"),
            System.getenv(),
            folder,
            0,
            new ProgramLog());
    int count = 0;
    while (true) {
      boolean silent = process.hasEnded() && process.isSilent();
      String line = process.line(100);
      if (line != null) {
        assertThat(line).isEqualTo(Integer.toString(++count));
      } else if (silent) {
        break;
      }
    }
    assertThat(count).isEqualTo(3000);
    process.close();
  }

  @Test
  void its_memory_is_limited_and_its_exit_status_is_the_programs_own() throws Exception {
    ProgramProcess process =
        ProgramProcess.start(
            List.of("sh", "-c", "ulimit -d; exit 5"),
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            64,
            new ProgramLog());
    assertThat(process.line(60_000)).isEqualTo("65536");
    while (!process.hasEnded() || !process.isSilent()) {
      process.line(100);
    }
    assertThat(process.exit()).isEqualTo(5);
    process.close();
  }
}
