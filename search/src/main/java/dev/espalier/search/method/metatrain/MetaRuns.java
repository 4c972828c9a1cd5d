package dev.espalier.search.method.metatrain;

import dev.espalier.search.settings.Require;

/**
 * How often each model is trained: the best by its validation metric is kept.
 *
 * @param seeds trainings of each model, side by side
 * @param name under which both models stand in the catalogue, with their kind behind it
 */
public record MetaRuns(int seeds, String name) {
  public MetaRuns {
    Require.positive("seeds", seeds);
    Require.present("name", name);
  }
}
