package dev.espalier.activities.method.metatrain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.TaskCatalogue;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import java.util.Map;

/**
 * Finds databases and features: those that the experiment has made first, or what their names mean
 * now. Checks that they go together.
 */
final class TaskSearch {
  private final TaskCatalogue catalogue;
  private final MetaDatabaseFiles files;

  TaskSearch(Equipment equipment) {
    this.catalogue = new TaskCatalogue(equipment.store());
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
  }

  FoundTasks found(MetaTrainSpecification specification) {
    TaskCatalogue.Found found = catalogue.find(specification);
    return found(
        specification,
        found.generator().digest(),
        found.predictor().digest(),
        found.features().digest());
  }

  /**
   * @param made the result of making them, JSON: it names each by its digest
   */
  FoundTasks made(MetaTrainSpecification specification, String made) {
    JsonNode result = Json.read(made, JsonNode.class);
    return found(
        specification,
        result.at("/databases/generator/rows").asText(),
        result.at("/databases/predictor/rows").asText(),
        result.at("/features/rows").asText());
  }

  private FoundTasks found(
      MetaTrainSpecification specification,
      String generatorDigest,
      String predictorDigest,
      String featuresDigest) {
    MetaDatabase generator = files.database(generatorDigest);
    MetaDatabase predictor = files.database(predictorDigest);
    FeatureFile features = files.features(featuresDigest);
    check(generator, features, specification.generator().perClass());
    check(predictor, features, specification.predictor().perClass());
    Map<String, String> all =
        Map.of(
            "generator", generator.digest(),
            "predictor", predictor.digest(),
            "features", features.digest());
    return new FoundTasks(
        features.digest(),
        Digest.of(all),
        generator.digest(),
        predictor.digest(),
        features.digest(),
        features.width(),
        predictor.tasks(),
        generator.rows(),
        predictor.rows(),
        predictor.header().origin(),
        features.header().encoder());
  }

  /** Every class of every task must have enough images. */
  private static void check(MetaDatabase database, FeatureFile features, int perClass) {
    for (int number = 0; number < database.tasks(); number++) {
      for (int each : database.task(number).classes()) {
        if (each >= features.classes()) {
          throw new InvalidInput(
              "task %s has class %d, but the features have %d classes: give those of its images"
                  .formatted(database.task(number).name(), each, features.classes()));
        }
        if (features.count(each) < perClass) {
          throw new InvalidInput(
              "class %d of task %s has features of %d images, but perClass asks for %d: lower it"
                  .formatted(each, database.task(number).name(), features.count(each), perClass));
        }
      }
    }
  }
}
