package dev.espalier.learning.training;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of {@link Adam} in one pass over the memory of a parameter: the operations that it does
 * by tensors, in their order, each rounded by itself, so with the same bits. By tensors they read
 * and write large parameters from thirteen times as much memory. Where the engine's roots are not
 * those of the processor, they are taken from it, between two passes.
 *
 * @param decoupled what weights are multiplied with; 1 for no such decay
 * @param l2 the weights' part in the gradient; 0 for no such decay
 * @param root of the bias of the squares
 * @param stride the rate over the bias of the means, negative
 */
record AdamKernel(
    float toMean,
    float keep,
    float toSquare,
    float epsilon,
    float decoupled,
    float l2,
    float root,
    float stride) {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** Moves weights, means and squares, each of as many floats as gradients. */
  void step(
      MemorySegment weights, MemorySegment gradients, MemorySegment means, MemorySegment squares) {
    long floats = gradients.byteSize() / Float.BYTES;
    long whole = SPECIES.loopBound(floats);
    for (long i = 0; i < whole; i += SPECIES.length()) {
      long at = i * Float.BYTES;
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, weights, at, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, gradients, at, ORDER);
      FloatVector m = FloatVector.fromMemorySegment(SPECIES, means, at, ORDER);
      FloatVector s = FloatVector.fromMemorySegment(SPECIES, squares, at, ORDER);
      if (l2 != 0) {
        g = g.add(w.mul(l2));
      }
      s = s.mul(keep).add(g.mul(g).mul(toSquare));
      m = m.add(g.sub(m).mul(toMean));
      FloatVector scale = s.sqrt().div(root).add(epsilon);
      m.intoMemorySegment(means, at, ORDER);
      s.intoMemorySegment(squares, at, ORDER);
      w.mul(decoupled).add(m.div(scale).mul(stride)).intoMemorySegment(weights, at, ORDER);
    }
    for (long i = whole; i < floats; i++) { // the rest, one by one
      float w = weights.getAtIndex(FLOAT, i);
      float g = gradients.getAtIndex(FLOAT, i);
      float m = means.getAtIndex(FLOAT, i);
      float s = squares.getAtIndex(FLOAT, i);
      if (l2 != 0) {
        g += w * l2;
      }
      s = s * keep + g * g * toSquare;
      m += (g - m) * toMean;
      float scale = (float) Math.sqrt(s) / root + epsilon;
      means.setAtIndex(FLOAT, i, m);
      squares.setAtIndex(FLOAT, i, s);
      weights.setAtIndex(FLOAT, i, w * decoupled + m / scale * stride);
    }
  }

  /** Moves means and squares alone, for {@link #byRoots}; the weights are read for their decay. */
  void moments(
      MemorySegment weights, MemorySegment gradients, MemorySegment means, MemorySegment squares) {
    long floats = gradients.byteSize() / Float.BYTES;
    for (long i = 0; i < floats; i++) {
      float g = gradients.getAtIndex(FLOAT, i);
      float m = means.getAtIndex(FLOAT, i);
      if (l2 != 0) {
        g += weights.getAtIndex(FLOAT, i) * l2;
      }
      squares.setAtIndex(FLOAT, i, squares.getAtIndex(FLOAT, i) * keep + g * g * toSquare);
      means.setAtIndex(FLOAT, i, m + (g - m) * toMean);
    }
  }

  /** Moves weights alone, by the roots of the squares. */
  void byRoots(MemorySegment weights, MemorySegment means, MemorySegment roots) {
    long floats = roots.byteSize() / Float.BYTES;
    for (long i = 0; i < floats; i++) {
      float scale = roots.getAtIndex(FLOAT, i) / root + epsilon;
      float step = means.getAtIndex(FLOAT, i) / scale * stride;
      weights.setAtIndex(FLOAT, i, weights.getAtIndex(FLOAT, i) * decoupled + step);
    }
  }
}
