package dev.espalier.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/** The data sets by digest, and the names people gave them: one digest may have several. */
public final class Datasets {
  private final Documents documents;
  private final Documents names;

  Datasets(Documents documents, Documents names) {
    this.documents = documents;
    this.names = names;
  }

  /** Stores a data set under its name. {@code DIFFERENT} where the name is another one's. */
  public Recorded put(DatasetDocument dataset) {
    documents.insert(toDocument(dataset));
    Document name = new Document("_id", dataset.name()).append("digest", dataset.digest());
    if (names.insert(name)) {
      return Recorded.NEW;
    }
    return byName(dataset.name())
        .filter(stored -> stored.digest().equals(dataset.digest()))
        .map(same -> Recorded.SAME)
        .orElse(Recorded.DIFFERENT);
  }

  public Optional<DatasetDocument> byName(String name) {
    return names
        .find(name)
        .flatMap(found -> byDigest(found.getString("digest")))
        .map(dataset -> dataset.named(name));
  }

  public Optional<DatasetDocument> byDigest(String digest) {
    return documents.find(digest).map(Datasets::fromDocument);
  }

  /** All data sets under all their names, by name. */
  public List<DatasetDocument> list() {
    Map<String, DatasetDocument> byDigest =
        documents.find(new Document()).stream()
            .map(Datasets::fromDocument)
            .collect(Collectors.toMap(DatasetDocument::digest, Function.identity()));
    return names.find(new Document()).stream()
        .map(Fields::new)
        .map(name ->
            Optional.ofNullable(byDigest.get(name.text("digest")))
                .map(found -> found.named(name.id())))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(DatasetDocument::name))
        .toList();
  }

  /** Takes a name away; the data set itself stays for the experiments that used it. */
  public boolean forget(String name) {
    return names.delete(Documents.byId(name));
  }

  private static Document toDocument(DatasetDocument dataset) {
    return new Document("_id", dataset.digest())
        .append("name", dataset.name())
        .append("kind", dataset.kind())
        .append("channels", dataset.channels())
        .append("height", dataset.height())
        .append("width", dataset.width())
        .append("classes", dataset.classes())
        .append("classNames", dataset.classNames())
        .append("train", dataset.train())
        .append("test", dataset.test())
        .append("artifact", dataset.artifact())
        .append("format", dataset.format())
        .append("imported", dataset.imported());
  }

  private static DatasetDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new DatasetDocument(
        fields.id(),
        fields.text("name"),
        fields.text("kind"),
        fields.count("channels"),
        fields.count("height"),
        fields.count("width"),
        fields.count("classes"),
        fields.texts("classNames"),
        fields.count("train"),
        fields.count("test"),
        fields.text("artifact"),
        fields.text("format"),
        fields.instant("imported"));
  }
}
