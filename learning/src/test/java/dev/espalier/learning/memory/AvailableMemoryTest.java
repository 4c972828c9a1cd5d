package dev.espalier.learning.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AvailableMemoryTest {
  @TempDir Path folder;

  private Path meminfo;

  @BeforeEach
  void machine() throws IOException {
    meminfo = folder.resolve("meminfo");
    Files.writeString(
        meminfo, "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:     600 kB\n");
  }

  private AvailableMemory memory() {
    return new AvailableMemory(meminfo, folder);
  }

  @Test
  void isTheMachinesWhereNoLimitIsSet() throws IOException {
    assertThat(memory().bytes()).hasValue(600 * 1024);
    Files.writeString(folder.resolve("memory.max"), "max\n");
    assertThat(memory().bytes()).hasValue(600 * 1024);
  }

  @Test
  void isWhatTheContainersLimitLeaves() throws IOException {
    Files.writeString(folder.resolve("memory.max"), "500000\n");
    Files.writeString(folder.resolve("memory.current"), "300000\n");
    Files.writeString(folder.resolve("memory.stat"), "anon 200000\ninactive_file 50000\n");
    assertThat(memory().bytes()).hasValue(250_000);
  }

  @Test
  void isUnknownWhereNothingTellsIt() throws IOException {
    Files.delete(meminfo);
    assertThat(memory().bytes()).isEmpty();
  }
}
