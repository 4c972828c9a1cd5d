package dev.espalier.search.method.metad2a;

import dev.espalier.search.settings.Require;

/**
 * The meta-trained models, by their names in the catalogue, and what is known beside them.
 *
 * @param generator that proposes; empty for the newest of the space that is here
 * @param predictor that ranks; empty likewise
 * @param features of the data set's images; empty to compute them
 * @param known the meta-database whose tasks are the known data sets of the transfer baseline;
 *     empty for the one that the predictor learned from, where it is here
 */
public record ModelNames(String generator, String predictor, String features, String known) {
  public ModelNames {
    Require.present("generator", generator);
    Require.present("predictor", predictor);
    Require.present("features", features);
    Require.present("known", known);
  }
}
