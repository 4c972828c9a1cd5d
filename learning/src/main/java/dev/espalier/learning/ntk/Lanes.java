package dev.espalier.learning.ntk;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of eight floats, and arrays in which they lie well. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  /** Floats of a vector. */
  static final int WIDTH = 8;

  /**
   * Numbers begin here in every array that vectors are loaded from: 16 bytes of header and 4 floats
   * make 32 bytes, so that with {@code -XX:ObjectAlignmentInBytes=32} no load straddles two lines of
   * the cache.
   */
  static final int FIRST = 4;

  private Lanes() {}

  /** Whether the processor has such vectors: without them, code of this kind crawls. */
  static boolean areFast() {
    return FloatVector.SPECIES_PREFERRED.length() >= WIDTH;
  }

  /** Room for so many numbers, from {@link #FIRST} on. */
  static float[] array(int numbers) {
    return new float[Math.addExact(FIRST, numbers)];
  }

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
