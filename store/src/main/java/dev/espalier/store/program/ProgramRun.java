package dev.espalier.store.program;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program, from its start to its end: kept beside the stage that it was for, for
 * people, and part of no digest.
 *
 * @param ended in words, such as {@code completed} or {@code killed (SIGKILL)}
 * @param exit its status, 128 and more for a signal
 * @param epochs that were told and kept by then
 * @param log SHA-256 of what it wrote besides its metrics, an artifact
 * @param tail the last lines of its standard error
 * @param checkpoint SHA-256 of its newest checkpoint folder, a ZIP file; null where there is none
 */
public record ProgramRun(
    String evaluationId,
    String architecture,
    String ended,
    int exit,
    int epochs,
    String log,
    String tail,
    @Nullable String checkpoint,
    String when) {
  private static final String NAME = "program-";

  /** All runs for a stage, the oldest first. */
  public static List<ProgramRun> of(Store store, String stageKey) {
    return store.measurements().listBeginning(stageKey, NAME).stream()
        .map(each -> Json.read(each.json(), ProgramRun.class))
        .sorted(Comparator.comparing(ProgramRun::when))
        .toList();
  }

  /** Keeps it beside the stage. */
  public void keep(Store store, String stageKey) {
    store.measurements().record(stageKey, 0, NAME + UUID.randomUUID(), CanonicalJson.of(this));
  }

  /** The time, as {@code when} has it. */
  public static String now() {
    return Instant.now().toString();
  }
}
