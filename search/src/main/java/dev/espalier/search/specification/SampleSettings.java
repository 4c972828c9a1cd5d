package dev.espalier.search.specification;

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
