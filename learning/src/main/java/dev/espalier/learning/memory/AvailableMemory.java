package dev.espalier.learning.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory the machine, or the container that this runs in, has left. */
public final class AvailableMemory {
  private final Path meminfo;
  private final Path group;

  /** Of this machine. */
  public AvailableMemory() {
    this(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * @param meminfo a file as Linux writes it
   * @param group the folder of a control group, version 2
   */
  AvailableMemory(Path meminfo, Path group) {
    this.meminfo = meminfo;
    this.group = group;
  }

  /** Bytes that can still be taken without swapping; empty where the system does not tell. */
  public OptionalLong bytes() {
    OptionalLong machine = kilobytes(meminfo, "MemAvailable:");
    OptionalLong container = ofGroup();
    if (machine.isEmpty() || container.isEmpty()) {
      return machine.isEmpty() ? container : machine;
    }
    return OptionalLong.of(Math.min(machine.getAsLong(), container.getAsLong()));
  }

  /** What the limit leaves; pages of files that are not in use are given up when asked for. */
  private OptionalLong ofGroup() {
    try {
      String most = Files.readString(group.resolve("memory.max")).strip();
      if (most.equals("max")) {
        return OptionalLong.empty();
      }
      long taken = Long.parseLong(Files.readString(group.resolve("memory.current")).strip());
      long files = number(group.resolve("memory.stat"), "inactive_file").orElse(0);
      return OptionalLong.of(Math.max(0, Long.parseLong(most) - taken + files));
    } catch (IOException | NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong kilobytes(Path file, String name) {
    OptionalLong number = number(file, name);
    return number.isEmpty() ? number : OptionalLong.of(number.getAsLong() * 1024);
  }

  private static OptionalLong number(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException | NumberFormatException none) {
      return OptionalLong.empty();
    }
  }
}
