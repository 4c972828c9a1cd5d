package dev.espalier.search.settings;

/**
 * How networks are measured without training.
 *
 * @param weightsForRound whether one set of weights serves a whole round, not one repeat
 * @param imagesForCandidate whether images are drawn for each candidate, not for a repeat
 */
public record IndicatorSettings(
    NtkSettings ntk, RegionSettings regions, boolean weightsForRound, boolean imagesForCandidate) {
  public IndicatorSettings {
    Require.present("ntk", ntk);
    Require.present("regions", regions);
  }
}
