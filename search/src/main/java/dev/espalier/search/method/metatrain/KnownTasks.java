package dev.espalier.search.method.metatrain;

import dev.espalier.search.settings.Require;

/**
 * What is learned from, by the names it was imported or made under; empty for the newest of the
 * space that is here.
 *
 * @param generator the meta-database of the best architectures of each task
 * @param predictor the meta-database of all that were evaluated
 * @param features those of the image collection that the tasks' classes belong to
 */
public record KnownTasks(String generator, String predictor, String features) {
  public KnownTasks {
    Require.present("generator", generator);
    Require.present("predictor", predictor);
    Require.present("features", features);
  }
}
