package dev.espalier.workers.provision;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python 3 that has pip: the way to the packages of PyPI. */
final class Python {
  private Python() {}

  static Optional<String> withPip(Map<String, String> environment) {
    for (String name : List.of("python3", "python")) {
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isExecutable(candidate)
            && !Files.isDirectory(candidate)
            && Command.run(
                    Duration.ofSeconds(60),
                    environment,
                    List.of(candidate.toString(), "-m", "pip", "--version"))
                .ok()) {
          return Optional.of(candidate.toString());
        }
      }
    }
    return Optional.empty();
  }
}
