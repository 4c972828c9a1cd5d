package dev.espalier.store;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.UsesModels;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The trained models by digest, and the names people gave them: one digest may have several. */
public final class Models {
  private final NamedDocuments<ModelDocument> documents;

  Models(Documents documents, Documents names) {
    this.documents =
        new NamedDocuments<>(
            documents, names, Models::fromDocument, ModelDocument::digest, ModelDocument::named);
  }

  /** Stores a model under its name. {@code DIFFERENT} where the name is another one's. */
  public Recorded put(ModelDocument model) {
    return documents.put(model.name(), model.digest(), toDocument(model));
  }

  public Optional<ModelDocument> byName(String name) {
    return documents.byName(name);
  }

  public Optional<ModelDocument> byDigest(String digest) {
    return documents.byDigest(digest);
  }

  /**
   * The model that a specification needs: the one of that name, or digest, or the newest of its
   * kind and space.
   *
   * @throws InvalidInput if it is not here or something else; the message says how to come by one
   */
  public ModelDocument find(UsesModels.Need need, String space) {
    if (need.name().isEmpty()) {
      return list().stream()
          .filter(each -> each.kind().equals(need.kind()) && fits(each, space))
          .max(Comparator.comparing(ModelDocument::imported).thenComparing(ModelDocument::name))
          .orElseThrow(() ->
              new InvalidInput(
                  "%s: no %s for %s is here. %s"
                      .formatted(need.setting(), need.kind(), space, need.otherwise())));
    }
    ModelDocument named =
        byName(need.name())
            .or(() -> byDigest(need.name()))
            .orElseThrow(() -> {
              List<String> names = list().stream().map(ModelDocument::name).toList();
              return new InvalidInput(
                  "%s: no model is called %s.%s %s"
                      .formatted(
                          need.setting(),
                          need.name(),
                          DidYouMean.sentence(need.name(), names),
                          need.otherwise()));
            });
    if (!named.kind().equals(need.kind()) || !fits(named, space)) {
      throw new InvalidInput(
          "%s: model %s is a %s for %s, but a %s for %s is needed: see espalier model list"
              .formatted(
                  need.setting(),
                  named.name(),
                  named.kind(),
                  named.space().isEmpty() ? "any space" : named.space(),
                  need.kind(),
                  space));
    }
    return named;
  }

  /** All models under all their names, by name. */
  public List<ModelDocument> list() {
    return documents.list();
  }

  /** One that is about no space serves any. */
  private static boolean fits(ModelDocument model, String space) {
    return model.space().isEmpty() || model.space().equals(space);
  }

  /** Takes a name away; the model itself stays for the experiments that used it. */
  public boolean forget(String name) {
    return documents.forget(name);
  }

  private static Document toDocument(ModelDocument model) {
    return new Document("_id", model.digest())
        .append("name", model.name())
        .append("kind", model.kind())
        .append("space", model.space())
        .append("sizes", Fields.named(model.sizes()))
        .append("artifact", model.artifact())
        .append("format", model.format())
        .append("origin", Fields.named(model.origin()))
        .append("imported", model.imported());
  }

  private static ModelDocument fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new ModelDocument(
        fields.id(),
        fields.text("name"),
        fields.text("kind"),
        fields.text("space"),
        fields.textsByName("sizes"),
        fields.text("artifact"),
        fields.text("format"),
        fields.textsByName("origin"),
        fields.instant("imported"));
  }
}
