package dev.espalier.store;

import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The data sets by digest, and the names people gave them: one digest may have several. */
public final class Datasets {
  private final NamedDocuments<DatasetDocument> documents;

  Datasets(Documents documents, Documents names) {
    this.documents =
        new NamedDocuments<>(
            documents,
            names,
            Datasets::fromDocument,
            DatasetDocument::digest,
            DatasetDocument::named);
  }

  /** Stores a data set under its name. {@code DIFFERENT} where the name is another one's. */
  public Recorded put(DatasetDocument dataset) {
    return documents.put(dataset.name(), dataset.digest(), toDocument(dataset));
  }

  public Optional<DatasetDocument> byName(String name) {
    return documents.byName(name);
  }

  public Optional<DatasetDocument> byDigest(String digest) {
    return documents.byDigest(digest);
  }

  /** All data sets under all their names, by name. */
  public List<DatasetDocument> list() {
    return documents.list();
  }

  /** Takes a name away; the data set itself stays for the experiments that used it. */
  public boolean forget(String name) {
    return documents.forget(name);
  }

  private static Document toDocument(DatasetDocument dataset) {
    Document document =
        new Document("_id", dataset.digest())
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
    return dataset.features() == null ? document : document.append("features", dataset.features());
  }

  private static DatasetDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new DatasetDocument(
        fields.id(),
        fields.text("name"),
        fields.text("kind"),
        new DatasetContents(
            fields.count("channels"),
            fields.count("height"),
            fields.count("width"),
            fields.count("classes"),
            fields.texts("classNames"),
            fields.count("train"),
            fields.count("test")),
        fields.text("artifact"),
        fields.text("format"),
        fields.instant("imported"),
        fields.textOrNull("features"));
  }
}
