package dev.espalier.learning.space.nasbench201.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of eight floats. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  /** Floats of a vector. */
  static final int WIDTH = 8;

  private Lanes() {}

  /** So many, rounded up to whole vectors. */
  static int padded(int numbers) {
    return Math.ceilDiv(numbers, WIDTH) * WIDTH;
  }

  static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at);
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  static FloatVector zero() {
    return FloatVector.zero(SPECIES);
  }
}
