package dev.espalier.learning.predictor.process;

/**
 * What a process learns: by how much the squared distance of each group counts, which is one over
 * the square of the group's length scale, and the noise's share of the variance.
 */
public final class Scales {
  private final float[] weights;
  private final float noise;

  public Scales(float[] weights, float noise) {
    this.weights = weights.clone();
    this.noise = noise;
  }

  /** A copy. */
  public float[] weights() {
    return weights.clone();
  }

  public float noise() {
    return noise;
  }
}
