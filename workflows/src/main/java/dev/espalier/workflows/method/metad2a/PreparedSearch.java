package dev.espalier.workflows.method.metad2a;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a search by MetaD2A begins with.
 *
 * @param dataDigest of the images, or of their features where no image is looked at; every later
 *     stage's key holds it
 * @param classes of the data
 * @param tableDigest of the table that accuracies are looked up in; null without one
 * @param modelsDigest names the models and what is known beside them; the keys hold it, too
 * @param generator SHA-256 of its file, an artifact; {@code predictor} likewise
 * @param generatorName in the catalogue; {@code predictorName} likewise
 * @param features digest of those given by name; empty where they are computed
 * @param known what the transfer baseline knows; null without
 * @param seen whether the predictor learned from tasks of these very images
 */
public record PreparedSearch(
    String dataDigest,
    int classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tableDigest,
    String modelsDigest,
    String generator,
    String predictor,
    String generatorName,
    String predictorName,
    String features,
    @Nullable KnownTasks known,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean seen) {

  /**
   * Known data sets: tasks with architectures that were trained on them.
   *
   * @param database digest of the meta-database; {@code features} of its images
   */
  public record KnownTasks(String database, String features) {}
}
