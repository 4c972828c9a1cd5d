package dev.espalier.search.meta;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Require;

/**
 * What a meta-database is of.
 *
 * @param kind {@code generator}, the best of each task, or {@code predictor}, all that were
 *     evaluated
 * @param space whose architectures its rows name
 * @param collection the image collection whose classes its tasks name: a data set's digest, or the
 *     name of a published one
 * @param collectionClasses how many classes that has; 0 where it is not known
 * @param origin where it comes from, for people; never empty
 */
public record MetaHeader(
    String kind, String space, String collection, int collectionClasses, String origin) {
  /** The kind that keeps the best of each task. */
  public static final String GENERATOR = "generator";

  /** The kind that keeps all. */
  public static final String PREDICTOR = "predictor";

  public MetaHeader {
    if (!kind.equals(GENERATOR) && !kind.equals(PREDICTOR)) {
      throw new InvalidInput(
          "a meta-database is of kind %s or %s, but this one of %s"
              .formatted(GENERATOR, PREDICTOR, kind));
    }
    Require.present("space", space);
    Require.present("collection", collection);
    Require.present("origin", origin);
  }
}
