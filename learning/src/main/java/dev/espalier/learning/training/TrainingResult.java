package dev.espalier.learning.training;

import dev.espalier.search.canonical.Digest;
import java.util.List;

/** What a finished training is worth. Accuracies are ratios. */
public final class TrainingResult {
  private final double validationAccuracy;
  private final double testAccuracy;
  private final List<EpochMetrics> epochs;
  private final byte[] weights;

  TrainingResult(double testAccuracy, List<EpochMetrics> epochs, byte[] weights) {
    this.validationAccuracy = epochs.getLast().validationAccuracy();
    this.testAccuracy = testAccuracy;
    this.epochs = List.copyOf(epochs);
    this.weights = weights;
  }

  /** After the last epoch. */
  public double validationAccuracy() {
    return validationAccuracy;
  }

  public double testAccuracy() {
    return testAccuracy;
  }

  /** Mean of the last epoch. */
  public double trainLoss() {
    return epochs.getLast().trainLoss();
  }

  public List<EpochMetrics> epochs() {
    return epochs;
  }

  /** Parameters and running statistics as safetensors, in the order of the forward pass. */
  public byte[] weights() {
    return weights.clone();
  }

  /** SHA-256 of the weights. */
  public String weightsDigest() {
    return Digest.sha256(weights);
  }
}
