package dev.espalier.learning.network;

/** Which statistics batch normalisation uses. */
public enum Phase {
  /** Those of the batch; the running statistics are moved towards them. */
  TRAIN,
  /** The running statistics. */
  EVALUATE,
  /** None: normalisation is left out, as if it were the identity. */
  UNNORMALIZED
}
