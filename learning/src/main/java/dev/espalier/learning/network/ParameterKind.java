package dev.espalier.learning.network;

/** What a parameter is to its layer. */
public enum ParameterKind {
  /** The filters of a convolution, {@code [out, in, k, k]}. */
  CONVOLUTION,
  /** The factor of a batch normalisation, {@code [channels]}. */
  SCALE,
  /** The addend of a batch normalisation, {@code [channels]}. */
  SHIFT,
  /** The matrix of a linear layer, {@code [out, in]}. */
  MATRIX,
  /** The addend of a linear layer, {@code [out]}. */
  BIAS;

  /** Whether the published programs count it among the weights: everything but addends. */
  public boolean isWeight() {
    return this != SHIFT && this != BIAS;
  }
}
