package dev.espalier.activities.method.metatrain;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds databases and features by what their names mean now, and checks that they go together. */
final class TaskSearch {
  private static final String MAKE =
      "Make them: espalier run metad2a-database. Or import them: espalier data import";

  private final Store store;
  private final MetaDatabaseFiles files;

  TaskSearch(Equipment equipment) {
    this.store = equipment.store();
    this.files = new MetaDatabaseFiles(store, equipment.datasets());
  }

  FoundTasks found(MetaTrainSpecification specification) {
    MetaDatabase generator =
        database(
            "tasks.generator",
            specification.tasks().generator(),
            MetaHeader.GENERATOR,
            specification.space());
    MetaDatabase predictor =
        database(
            "tasks.predictor",
            specification.tasks().predictor(),
            MetaHeader.PREDICTOR,
            specification.space());
    FeatureFile features =
        features(specification.tasks().features(), predictor.header().collection());
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

  private MetaDatabase database(String setting, String name, String kind, String space) {
    MetaDatabase database =
        name.isEmpty()
            ? newest(
                setting,
                DatasetDocument.META_DATABASE,
                document -> {
                  MetaHeader header = files.database(document.digest()).header();
                  return header.kind().equals(kind) && header.space().equals(space);
                },
                files::database,
                "no meta-database for the %s of %s is here".formatted(kind, space))
            : files.database(files.named(setting, name, DatasetDocument.META_DATABASE).digest());
    MetaHeader header = database.header();
    if (!header.space().equals(space)) {
      throw new InvalidInput(
          "%s: %s is about the space %s, but the models are for %s"
              .formatted(setting, name, header.space(), space));
    }
    if (!header.kind().equals(kind)) {
      throw new InvalidInput(
          "%s: %s is a %s's database, but a %s's is needed"
              .formatted(setting, name, header.kind(), kind));
    }
    return database;
  }

  private FeatureFile features(String name, String collection) {
    return name.isEmpty()
        ? newest(
            "tasks.features",
            DatasetDocument.FEATURES,
            document -> files.features(document.digest()).header().collection().equals(collection),
            files::features,
            "no features of the tasks' images are here")
        : files.features(files.named("tasks.features", name, DatasetDocument.FEATURES).digest());
  }

  /** Opens one by its digest. */
  @FunctionalInterface
  private interface Opening<T> {
    T open(String digest);
  }

  private <T> T newest(
      String setting,
      String kind,
      Predicate<DatasetDocument> fits,
      Opening<T> opening,
      String absent) {
    List<DatasetDocument> newestFirst =
        store.datasets().list().stream()
            .filter(each -> each.kind().equals(kind))
            .sorted(
                Comparator.comparing(DatasetDocument::imported)
                    .reversed()
                    .thenComparing(DatasetDocument::name))
            .toList();
    return newestFirst.stream()
        .filter(fits)
        .findFirst()
        .map(document -> opening.open(document.digest()))
        .orElseThrow(() -> new InvalidInput("%s: %s. %s".formatted(setting, absent, MAKE)));
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
