package dev.espalier.learning.predictor;

/**
 * Takes a gradient one row of one matrix at a time, as a backward pass finds it, and may change
 * that row at once: the pass is done with it. So a gradient is used while it is in the cache.
 */
interface RowStep {
  /**
   * @param gradient of row {@code row}; overwritten after the call
   */
  void row(Matrix matrix, int row, float[] gradient);
}
