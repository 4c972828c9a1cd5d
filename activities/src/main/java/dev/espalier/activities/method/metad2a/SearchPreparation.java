package dev.espalier.activities.method.metad2a;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.activities.catalogue.ModelCatalog;
import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.PreparedSearch.KnownTasks;
import dev.espalier.workflows.stage.PreparedData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the models, and what is known beside them, by what their names mean now. */
final class SearchPreparation {
  private static final String FEATURES = "features";
  private static final String DATABASE = "database";

  private final Store store;
  private final MetaDatabaseFiles files;

  SearchPreparation(Equipment equipment) {
    this.store = equipment.store();
    this.files = new MetaDatabaseFiles(store, equipment.datasets());
  }

  /**
   * @param made the result of training the models first, JSON; null where they are found by names
   */
  PreparedSearch prepared(
      MetaD2aSpecification specification, @Nullable PreparedData data, @Nullable String made) {
    List<ModelDocument> models =
        made == null
            ? specification.needs().stream()
                .map(need -> store.models().find(need, specification.space()))
                .toList()
            : List.of(trained(made, "generator"), trained(made, "predictor"));
    ModelDocument generator = models.getFirst();
    ModelDocument predictor = models.getLast();
    ModelCatalog.require(
        predictor,
        predictor.kind(),
        generator.space(),
        Map.of(FEATURES, Objects.requireNonNull(generator.sizes().get(FEATURES))));
    String features = features(specification.models().features());
    KnownTasks known = known(specification.models().known(), predictor).orElse(null);
    Map<String, String> all = new TreeMap<>();
    all.put("generator", generator.digest());
    all.put("predictor", predictor.digest());
    all.put(FEATURES, features);
    if (known != null) {
      all.put("known", known.database());
      all.put("knownFeatures", known.features());
    }
    return new PreparedSearch(
        data == null ? features : data.dataDigest(),
        data == null ? specification.classesWithoutImages() : data.classes(),
        data == null ? table(specification) : data.tableDigest(),
        Digest.of(all),
        generator.artifact(),
        predictor.artifact(),
        generator.name(),
        predictor.name(),
        features,
        known,
        data != null && isSeen(predictor, data.dataDigest()));
  }

  /** Whether a model learned from tasks of these images. */
  private boolean isSeen(ModelDocument model, String dataDigest) {
    String database = model.origin().get(DATABASE);
    return database != null
        && store.artifacts().exists(database)
        && files.database(database).header().collection().equals(dataDigest);
  }

  /** A model of the catalogue, whatever it is called now. */
  private ModelDocument trained(String made, String model) {
    String digest = Json.read(made, JsonNode.class).path(model).path("digest").asText();
    return store
        .models()
        .byDigest(digest)
        .orElseThrow(() ->
            new InvalidInput(
                "the %s that was trained first (%s) is not in the catalogue of models"
                    .formatted(model, digest)));
  }

  private String features(String name) {
    return name.isEmpty() ? "" : dataset("models.features", name).digest();
  }

  private String table(MetaD2aSpecification specification) {
    return dataset("evaluation.table", specification.table()).digest();
  }

  private DatasetDocument dataset(String setting, String name) {
    return store
        .datasets()
        .byName(name)
        .orElseThrow(
            () -> new InvalidInput("%s: there is nothing called %s here".formatted(setting, name)));
  }

  /** That of the predictor's lineage, where both are still here. */
  private Optional<KnownTasks> known(String name, ModelDocument predictor) {
    String features = predictor.origin().get(FEATURES);
    String database =
        name.isEmpty() ? predictor.origin().get(DATABASE) : dataset("models.known", name).digest();
    return features == null
            || database == null
            || !store.artifacts().exists(features)
            || !store.artifacts().exists(database)
        ? Optional.empty()
        : Optional.of(new KnownTasks(database, features));
  }
}
