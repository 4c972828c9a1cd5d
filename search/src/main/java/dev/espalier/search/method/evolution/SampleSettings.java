package dev.espalier.search.method.evolution;

import dev.espalier.search.settings.Require;

/**
 * The architectures that are trained to fit the predictor.
 *
 * @param architectures how many, all different and within the budget
 * @param tolerated the share of them that may fail without ending the experiment
 */
public record SampleSettings(int architectures, double tolerated) {
  public SampleSettings {
    Require.positive("architectures", architectures);
    Require.notNegative("tolerated", tolerated);
  }
}
