package dev.espalier.learning.training;

/**
 * The learning rate of each step: half a cosine from the full rate down to nearly zero (Loshchilov
 * and Hutter 2017, without restarts).
 */
record CosineSchedule(double learningRate, long steps) {
  double rate(long step) {
    return learningRate * 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
  }
}
