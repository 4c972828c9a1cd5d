package dev.espalier.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/**
 * Which experiments' workflow histories are still to be kept, and which are: so that no end is
 * missed, whatever is killed when.
 */
public final class Archiving {
  private static final String KEPT = "kept";

  private final Documents documents;

  Archiving(Documents documents) {
    this.documents = documents;
  }

  /** From now on, until {@link #done}. May be said twice. */
  public void begin(String experimentId) {
    if (documents.find(experimentId).isEmpty()) {
      documents.insert(Documents.byId(experimentId).append(KEPT, new Document()));
    }
  }

  /** The experiments with histories that are not kept yet. */
  public List<String> pending() {
    return documents.find(new Document("done", null), new Document("_id", 1)).stream()
        .map(stored -> new Fields(stored).id())
        .toList();
  }

  /** The runs of an experiment's workflows that are kept. */
  public Set<String> kept(String experimentId) {
    return documents
        .find(experimentId)
        .map(stored -> Set.copyOf(new Fields(stored).nested(KEPT).keySet()))
        .orElseGet(Set::of);
  }

  /** The artifacts with the histories that are kept, by Temporal's ids of the runs. */
  public Map<String, String> histories(String experimentId) {
    return documents
        .find(experimentId)
        .map(stored -> new Fields(stored).nested(KEPT))
        .map(kept -> {
          Map<String, String> histories = new LinkedHashMap<>();
          kept.forEach((run, sha) -> histories.put(run, String.valueOf(sha)));
          return histories;
        })
        .orElseGet(LinkedHashMap::new);
  }

  /**
   * Notes that a run's history is kept.
   *
   * @param run Temporal's id of it
   * @param sha the artifact
   */
  public void keep(String experimentId, String run, String sha) {
    documents.update(Documents.byId(experimentId), Documents.set(KEPT + "." + run, sha));
  }

  /** The experiment is deleted. */
  void forget(String experimentId) {
    documents.delete(Documents.byId(experimentId));
  }

  /** All that there was is kept. */
  public void done(String experimentId) {
    documents.update(Documents.byId(experimentId), Documents.set("done", true));
  }
}
