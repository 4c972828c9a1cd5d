package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.Require;

/**
 * How settings of the predictor are judged and chosen: on training cells that a fit has not seen.
 *
 * @param folds parts of the training cells, each held out once
 * @param repeats partitions into folds, each by another permutation
 * @param grid settings that are tried
 */
public record CrossValidation(int folds, int repeats, GridSettings grid) {
  /** So many fits can be compared: some thousand events of history. */
  static final int MOST_FITS = 500;

  public CrossValidation {
    Require.positive("folds", folds);
    Require.positive("repeats", repeats);
    Require.present("grid", grid);
  }
}
