package dev.espalier.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The evaluations of architectures: what one experiment trained, no other trains again. */
public final class Evaluations {
  private final Documents documents;

  Evaluations(Documents documents) {
    this.documents = documents;
  }

  /**
   * Stores an evaluation. The first one stays; another one is different where its metrics (bit for
   * bit) or artifacts are.
   */
  public Recorded record(EvaluationDocument evaluation) {
    if (documents.insert(toDocument(evaluation))) {
      return Recorded.NEW;
    }
    Optional<EvaluationDocument> first = find(evaluation.id());
    if (first.isEmpty()) { // it was damaged
      return record(evaluation);
    }
    return first
        .filter(stored -> stored.metrics().equals(evaluation.metrics()))
        .filter(stored -> stored.artifacts().equals(evaluation.artifacts()))
        .map(same -> Recorded.SAME)
        .orElse(Recorded.DIFFERENT);
  }

  public Optional<EvaluationDocument> find(String id) {
    return documents.findOrDrop(id).map(Evaluations::fromDocument);
  }

  /** Those of the ids that are stored, in no particular order. */
  public List<EvaluationDocument> find(Collection<String> ids) {
    return documents.find(ids).stream().map(Evaluations::fromDocument).toList();
  }

  void delete(String id) {
    documents.delete(Documents.byId(id));
  }

  private static Document toDocument(EvaluationDocument evaluation) {
    return new Document("_id", evaluation.id())
        .append("space", evaluation.space())
        .append("architecture", evaluation.architecture())
        .append("dataDigest", evaluation.dataDigest())
        .append("protocol", evaluation.protocol())
        .append("seed", evaluation.seed())
        .append("metrics", Fields.named(evaluation.metrics()))
        .append("artifacts", evaluation.artifacts())
        .append("seconds", evaluation.seconds())
        .append("numericClass", evaluation.numericClass())
        .append("recorded", evaluation.recorded());
  }

  private static EvaluationDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new EvaluationDocument(
        fields.id(),
        fields.text("space"),
        fields.text("architecture"),
        fields.text("dataDigest"),
        fields.text("protocol"),
        fields.whole("seed"),
        fields.realsByName("metrics"),
        fields.texts("artifacts"),
        fields.real("seconds"),
        fields.text("numericClass"),
        fields.instant("recorded"));
  }
}
