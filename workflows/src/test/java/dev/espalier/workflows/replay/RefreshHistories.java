package dev.espalier.workflows.replay;

import dev.espalier.workflows.fake.Laboratory;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the histories that {@link ReplayTest} replays, from a real server. Not run by the build:
 *
 * <pre>{@code
 * mvn -pl workflows test-compile
 * mvn -pl workflows exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.espalier.workflows.replay.RefreshHistories SERVER FOLDER VERSION"
 * }</pre>
 *
 * SERVER is Temporal's command, FOLDER {@code workflows/src/test/resources/histories}, VERSION such
 * as {@code v2}. Histories of earlier versions stay as long as an experiment may run that began
 * with them.
 */
final class RefreshHistories {
  private RefreshHistories() {}

  public static void main(String[] arguments) throws IOException {
    Path server = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    String version = arguments[2];
    try (Laboratory laboratory = Laboratory.onServer(server)) {
      write(folder, version, Scenarios.play(laboratory));
    }
  }

  private static void write(
      Path folder, String version, Map<String, WorkflowExecutionHistory> histories)
      throws IOException {
    for (Map.Entry<String, WorkflowExecutionHistory> each : histories.entrySet()) {
      String[] name = each.getKey().split("/", 2);
      Path file = folder.resolve(name[0]).resolve("%s-%s.json".formatted(version, name[1]));
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue().toJson(false) + "\n");
    }
  }
}
