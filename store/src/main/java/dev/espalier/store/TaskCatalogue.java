package dev.espalier.store;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.method.LearnsFromTasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meta-databases and features in the catalogue of data, by what their first lines say. */
public final class TaskCatalogue {
  private static final String MAKE =
      "Make them: espalier run metad2a-database. Or import them: espalier data import";

  private static final Pattern WEIGHTS = Pattern.compile("weights ([0-9a-f]{64})$");

  private final Store store;

  public TaskCatalogue(Store store) {
    this.store = store;
  }

  /**
   * What meta-training learns from.
   *
   * @param generator the meta-database of the best of each task; {@code predictor} that of all
   */
  public record Found(
      DatasetDocument generator, DatasetDocument predictor, DatasetDocument features) {}

  /** The first line of features. */
  record Encoded(String collection, String encoder) {}

  /** Whether a meta-database of that space is here, of whichever kind. */
  public boolean hasDatabases(String space) {
    return newestFirst(DatasetDocument.META_DATABASE).stream()
        .anyMatch(each -> header(each).space().equals(space));
  }

  /** SHA-256 of the weights that computed features; empty where they are not told. */
  public Optional<String> encoderWeights(DatasetDocument features) {
    Matcher weights = WEIGHTS.matcher(encoded(features).encoder());
    return weights.find() ? Optional.of(weights.group(1)) : Optional.empty();
  }

  /**
   * What a specification learns from: what it names, or the newest that fits.
   *
   * @throws InvalidInput with everything that is missing or does not fit
   */
  public Found find(LearnsFromTasks specification) {
    LearnsFromTasks.Sources sources = specification.sources();
    List<String> problems = new ArrayList<>();
    String group = sources.group() + ".";
    DatasetDocument generator =
        orNull(
            problems,
            () ->
                database(
                    group + "generator",
                    sources.generator(),
                    MetaHeader.GENERATOR,
                    specification.space()));
    DatasetDocument predictor =
        orNull(
            problems,
            () ->
                database(
                    group + "predictor",
                    sources.predictor(),
                    MetaHeader.PREDICTOR,
                    specification.space()));
    DatasetDocument features =
        orNull(problems, () -> features(group + "features", sources.features(), predictor));
    if (generator == null || predictor == null || features == null || !problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new Found(generator, predictor, features);
  }

  /** Looks something up. */
  @FunctionalInterface
  private interface Look {
    @Nullable DatasetDocument up();
  }

  private static @Nullable DatasetDocument orNull(List<String> problems, Look look) {
    try {
      return look.up();
    } catch (InvalidInput e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private DatasetDocument database(String setting, String name, String kind, String space) {
    if (name.isEmpty()) {
      return newest(
              DatasetDocument.META_DATABASE,
              each -> header(each).kind().equals(kind) && header(each).space().equals(space))
          .orElseThrow(() ->
              new InvalidInput(
                  "%s: no meta-database for the %s of %s is here. %s"
                      .formatted(setting, kind, space, MAKE)));
    }
    DatasetDocument database = named(setting, name, DatasetDocument.META_DATABASE);
    MetaHeader header = header(database);
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

  /**
   * Those of that name, those that the database was made with, or the newest of its images; null
   * where they are not named and there is no database to tell which.
   */
  private @Nullable DatasetDocument features(
      String setting, String name, @Nullable DatasetDocument database) {
    if (!name.isEmpty()) {
      return named(setting, name, DatasetDocument.FEATURES);
    }
    if (database == null) {
      return null;
    }
    String collection = header(database).collection();
    return Optional.ofNullable(database.features())
        .flatMap(store.datasets()::byDigest)
        .or(() ->
            newest(DatasetDocument.FEATURES, each -> encoded(each).collection().equals(collection)))
        .orElseThrow(() ->
            new InvalidInput(
                "%s: no features of the images that the tasks of %s are of are here. %s"
                    .formatted(setting, database.name(), MAKE)));
  }

  /** What something is called. */
  private DatasetDocument named(String setting, String name, String kind) {
    DatasetDocument document =
        store
            .datasets()
            .byName(name)
            .orElseThrow(() -> {
              List<String> names = newestFirst(kind).stream().map(DatasetDocument::name).toList();
              return new InvalidInput(
                  "%s: nothing here is called %s.%s%s %s"
                      .formatted(
                          setting,
                          name,
                          DidYouMean.sentence(name, names),
                          names.isEmpty() ? "" : " There are: %s.".formatted(Remarks.some(names)),
                          MAKE));
            });
    if (!document.kind().equals(kind)) {
      throw new InvalidInput(
          "%s: %s is %s, not %s (see: espalier data list)"
              .formatted(setting, name, document.words(), DatasetDocument.words(kind)));
    }
    return document;
  }

  private Optional<DatasetDocument> newest(String kind, Predicate<DatasetDocument> fits) {
    return newestFirst(kind).stream().filter(fits).findFirst();
  }

  private List<DatasetDocument> newestFirst(String kind) {
    return store.datasets().list().stream()
        .filter(each -> each.kind().equals(kind))
        .sorted(
            Comparator.comparing(DatasetDocument::imported)
                .reversed()
                .thenComparing(DatasetDocument::name))
        .toList();
  }

  private MetaHeader header(DatasetDocument database) {
    return Json.read(firstLine(database), MetaHeader.class);
  }

  private Encoded encoded(DatasetDocument features) {
    return Json.read(firstLine(features), Encoded.class);
  }

  private String firstLine(DatasetDocument document) {
    try (InputStream in = store.artifacts().open(document.artifact())) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(document.name()), e);
    }
  }
}
