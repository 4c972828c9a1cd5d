package dev.espalier.workers.metrics;

import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Prometheus where a process is to be scraped (file_sd): one file a process, written whole.
 */
public final class Discovery {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  private final Path file;

  /**
   * @param folder that Prometheus watches ({@code <home>/metrics})
   * @param process names the file; one process a name
   */
  public Discovery(Path folder, String process) {
    this.file = folder.resolve(process + ".json");
  }

  public void write(int port, Map<String, String> labels) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), ".discovery", null);
      Files.writeString(
          fresh,
          Json.write(
              List.of(
                  Map.of(
                      "targets", List.of("127.0.0.1:" + port), "labels", new TreeMap<>(labels)))));
      fresh.toFile().setReadable(true, false);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn(
          "Prometheus will not find this process: {} cannot be written ({})", file, e.getMessage());
    }
  }

  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("{} stays", file, e);
    }
  }
}
