package dev.espalier.api.view;

import dev.espalier.search.canonical.Json;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trainings that a stage announced at the beginning of each of its rounds. */
public final class Announcements {
  private final Store store;

  public Announcements(Store store) {
    this.store = store;
  }

  /** In the order in which they were announced. */
  public List<Announced> of(String stageKey) {
    return rounds(stageKey).stream().flatMap(List::stream).toList();
  }

  /** The same, round by round. */
  public List<List<Announced>> rounds(String stageKey) {
    List<List<Announced>> rounds = new ArrayList<>();
    store
        .measurements()
        .list(stageKey, "round")
        .forEach(round -> rounds.add(Json.read(round.json(), Announcement.class).trainings()));
    return rounds;
  }

  private record Announcement(List<Announced> trainings) {}

  /**
   * A training that was announced.
   *
   * @param recordId under which its evaluation is stored; null in older announcements: its own id
   */
  public record Announced(
      String evaluationId, @Nullable String recordId, String architecture, String role) {
    /** The id under which its evaluation is stored. */
    public String stored() {
      return recordId == null ? evaluationId : recordId;
    }
  }
}
