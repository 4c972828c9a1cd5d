package dev.espalier.workers.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A folder of shell scripts that stand in for real programs on the PATH. */
final class FakePrograms {
  private final Path folder;

  FakePrograms(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  FakePrograms with(String name, String script) throws IOException {
    write(folder.resolve(name), script);
    return this;
  }

  static void write(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /**
   * Their folder first on the PATH, then the system's own programs (but no Python, no Temporal of
   * this machine).
   */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder + ":" + folder.resolve("nowhere"));
    return environment;
  }

  Path folder() {
    return folder;
  }
}
