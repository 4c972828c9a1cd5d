package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * The deletions of experiments. Each begins by a note of what the experiment names; then the
 * experiment's document goes, and with it the experiment, at once and whole. What only it had is
 * removed by the note, as often as it takes.
 */
final class Deletions {
  /*
   * The order makes it safe to be killed between any two writes. With a note and the experiment,
   * the next look deletes the experiment. With a note alone, whatever the note leads to and no
   * experiment does is removed: artifacts first, then evaluations, then stages, so that what names
   * a thing is there until the thing is gone.
   */
  private static final List<String> OVER =
      List.of(ExperimentState.COMPLETED.name(), ExperimentState.CANCELLED.name());

  private final Documents notes;
  private final Documents experiments;
  private final InstantSource clock;

  Deletions(Documents notes, Documents experiments, InstantSource clock) {
    this.notes = notes;
    this.experiments = experiments;
    this.clock = clock;
  }

  /** A deletion, and what the experiment named. */
  record Noted(Deletion deletion, Holding holding, boolean removed) {}

  /**
   * Takes an experiment out of the store that is over.
   *
   * @return empty if there is none, or it is not over (any more)
   */
  Optional<Noted> begin(String experimentId, String by) {
    Optional<Document> found =
        experiments.find(experimentId).filter(each -> OVER.contains(each.getString("state")));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Document experiment = found.get();
    String id = experimentId + "/" + new Fields(experiment).instant("created").toEpochMilli();
    notes.insert(
        new Document("_id", id)
            .append("experiment", experimentId)
            .append("method", new Fields(experiment).text("method"))
            .append("by", by)
            .append("at", RecordChecks.stored(clock.instant()))
            .append("holding", Holding.of(experiment).toDocument())
            .append("removed", false)
            .append("done", false));
    if (!take(experimentId)) {
      notes.delete(Documents.byId(id));
      return Optional.empty();
    }
    return notes.find(id).map(Deletions::fromDocument);
  }

  /** Whether the experiment is gone now; it stays if somebody made it go on. */
  private boolean take(String experimentId) {
    return experiments.delete(
            Documents.byId(experimentId).append("state", new Document("$in", OVER)))
        || experiments.find(experimentId).isEmpty();
  }

  /**
   * Those that are not done, each with its experiment out of the store. A note whose experiment
   * goes on is forgotten.
   */
  List<Noted> pending() {
    return notes.find(new Document("done", false)).stream()
        .map(Deletions::fromDocument)
        .filter(noted -> {
          boolean gone = noted.removed() || take(noted.deletion().experiment());
          if (!gone) {
            notes.delete(Documents.byId(noted.deletion().id()));
          }
          return gone;
        })
        .toList();
  }

  /** Notes what went; it is added to what went before. */
  void removed(Noted noted, Deletion.Freed freed) {
    Deletion.Freed all = noted.deletion().freed().plus(freed);
    notes.update(
        Documents.byId(noted.deletion().id()),
        new Document(
            "$set",
            new Document("removed", true)
                .append("freed", toDocument(all))
                .append("holding", Holding.fromDocument(new Document()).toDocument())));
  }

  /** Nothing of it is left anywhere. */
  void done(String id) {
    notes.update(Documents.byId(id), Documents.set("done", true));
  }

  /** The newest deletion of an experiment of that id. */
  Optional<Deletion> of(String experimentId) {
    return notes.findByPrefix(experimentId + "/").stream()
        .map(Deletions::fromDocument)
        .map(Noted::deletion)
        .reduce((_, newest) -> newest);
  }

  /** All, the newest first. */
  List<Deletion> list() {
    return notes.find(new Document()).stream()
        .map(Deletions::fromDocument)
        .map(Noted::deletion)
        .sorted(Comparator.comparing(Deletion::at).thenComparing(Deletion::id).reversed())
        .toList();
  }

  private static Document toDocument(Deletion.Freed freed) {
    return new Document("stages", freed.stages())
        .append("evaluations", freed.evaluations())
        .append("artifacts", freed.artifacts())
        .append("bytes", freed.bytes());
  }

  private static Noted fromDocument(Document document) {
    Fields fields = new Fields(document);
    Fields freed = new Fields(fields.nested("freed"));
    return new Noted(
        new Deletion(
            fields.id(),
            fields.text("experiment"),
            fields.text("method"),
            fields.text("by"),
            fields.instant("at"),
            fields.flag("done"),
            new Deletion.Freed(
                freed.count("stages"),
                freed.count("evaluations"),
                freed.count("artifacts"),
                freed.whole("bytes"))),
        Holding.fromDocument(fields.nested("holding")),
        fields.flag("removed"));
  }
}
