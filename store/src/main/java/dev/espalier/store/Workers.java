package dev.espalier.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;

/** The workers that report themselves every few seconds. */
public final class Workers {
  private final Documents documents;
  private final InstantSource clock;

  Workers(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /** Notes that a worker is alive. */
  public void report(WorkerDocument worker) {
    documents.replace(
        new Document("_id", worker.id())
            .append("queue", worker.queue())
            .append("device", worker.device())
            .append("numericClass", worker.numericClass())
            .append("slots", worker.slots())
            .append("host", worker.host())
            .append("pid", worker.pid())
            .append("seen", worker.seen()));
  }

  /** Takes a worker out that says goodbye. */
  public void leave(String id) {
    documents.delete(Documents.byId(id));
  }

  /** The workers that reported themselves lately, the latest first. */
  public List<WorkerDocument> seenWithin(Duration time) {
    Instant limit = clock.instant().minus(time);
    return documents.find(new Document()).stream()
        .map(Workers::fromDocument)
        .filter(worker -> worker.seen().isAfter(limit))
        .sorted(Comparator.comparing(WorkerDocument::seen).reversed())
        .toList();
  }

  private static WorkerDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new WorkerDocument(
        fields.id(),
        fields.text("queue"),
        fields.text("device"),
        fields.text("numericClass"),
        fields.count("slots"),
        fields.text("host"),
        fields.whole("pid"),
        fields.instant("seen"));
  }
}
