package dev.espalier.learning.meta;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How the numbers of {@link SelfAttention} come to their heads and back, set by set in the
 * processor's cache, and the gradient of its softmax: what the engine does with the same bits, in
 * several passes over all sets.
 *
 * <p>Letters as in {@link SelfAttention}; {@code h} heads. For one thread.
 */
final class AttentionHeads {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int LANES = 8;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int HEADS = ModelSizes.HEADS;

  private final int members;
  private final int latent;
  private final int each;
  private final float scale;
  private final float[] wide; // a set's queries, keys and values, [m, 3 z]
  private final float[] rows; // a set's, [m, z]
  private final float[] heads; // a set's, [h, m, e]
  private final float[] attention; // a set's, [h, m, m]
  private final float[] gradient; // of it
  private final float[] lanes = new float[LANES];

  AttentionHeads(int members, int latent) {
    this.members = members;
    this.latent = latent;
    this.each = latent / HEADS;
    this.scale = (float) (1 / Math.sqrt((double) latent));
    this.wide = new float[members * 3 * latent];
    this.rows = new float[members * latent];
    this.heads = new float[members * latent];
    this.attention = new float[HEADS * members * members];
    this.gradient = new float[HEADS * members * members];
  }

  /**
   * Whether a set of so many members fills a vector: what is smaller, the engine sums otherwise.
   */
  static boolean fits(int members) {
    return members >= LANES;
  }

  /**
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   * @param into scaled queries, {@code [s h, m, e]}
   */
  void queries(MemorySegment projected, MemorySegment into) {
    for (long set = 0; set < sets(into); set++) {
      readPart(projected, set, 0);
      for (int i = 0; i < rows.length; i++) {
        rows[i] *= scale;
      }
      split();
      write(heads, into, set);
    }
  }

  /**
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   * @param part 1 for keys, 2 for values
   * @param into {@code [s h, m, e]}
   */
  void part(MemorySegment projected, int part, MemorySegment into) {
    for (long set = 0; set < sets(into); set++) {
      readPart(projected, set, part);
      split();
      write(heads, into, set);
    }
  }

  /**
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   * @param attended values by their attention, {@code [s h, m, e]}
   * @param into with the queries, {@code [s m, z]}
   */
  void outputs(MemorySegment projected, MemorySegment attended, MemorySegment into) {
    for (long set = 0; set < sets(into); set++) {
      readPart(projected, set, 0);
      read(attended, set, heads);
      for (int i = 0; i < members; i++) {
        for (int head = 0; head < HEADS; head++) {
          int from = (head * members + i) * each;
          int to = i * latent + head * each;
          for (int c = 0; c < each; c++) {
            rows[to + c] += heads[from + c];
          }
        }
      }
      write(rows, into, set);
    }
  }

  /**
   * @param from {@code [s m, z]}
   * @param into {@code [s h, m, e]}
   */
  void split(MemorySegment from, MemorySegment into) {
    for (long set = 0; set < sets(into); set++) {
      read(from, set, rows);
      split();
      write(heads, into, set);
    }
  }

  /**
   * The gradient of queries, keys and values, {@code [s m, 3 z]}.
   *
   * @param ofOutputs {@code [s m, z]}
   * @param ofQueries of the scaled ones, {@code [s h, m, e]}
   * @param ofKeys {@code [s h, e, m]}
   * @param ofValues {@code [s h, m, e]}
   */
  void gradient(
      MemorySegment ofOutputs,
      MemorySegment ofQueries,
      MemorySegment ofKeys,
      MemorySegment ofValues,
      MemorySegment into) {
    for (long set = 0; set < sets(ofOutputs); set++) {
      read(ofQueries, set, heads);
      for (int i = 0; i < heads.length; i++) {
        heads[i] *= scale;
      }
      join(0);
      read(ofOutputs, set, rows);
      for (int i = 0; i < members; i++) {
        for (int c = 0; c < latent; c++) {
          wide[i * 3 * latent + c] += rows[i * latent + c];
        }
      }
      read(ofKeys, set, heads);
      joinTurned(1);
      read(ofValues, set, heads);
      join(2);
      write(wide, into, set);
    }
  }

  /**
   * From the gradient of a softmax {@code a} to that of what it was taken of, in place: {@code (g -
   * sum(g a)) a}, summed as the engine does with AVX2.
   *
   * @param softmax {@code [s h, m, m]}
   * @param ofIt {@code [s h, m, m]}
   */
  void throughSoftmax(MemorySegment softmax, MemorySegment ofIt) {
    long sets = softmax.byteSize() / Float.BYTES / attention.length;
    for (long set = 0; set < sets; set++) {
      read(softmax, set, attention);
      read(ofIt, set, gradient);
      for (int row = 0; row < attention.length; row += members) {
        float sum = sum(row);
        for (int j = row; j < row + members; j++) {
          gradient[j] = (gradient[j] - sum) * attention[j];
        }
      }
      write(gradient, ofIt, set);
    }
  }

  private float sum(int row) {
    FloatVector sum = vector(gradient, row).mul(vector(attention, row));
    int whole = SPECIES.loopBound(members);
    for (int j = LANES; j < whole; j += LANES) {
      sum = vector(gradient, row + j).fma(vector(attention, row + j), sum);
    }
    sum.intoArray(lanes, 0);
    for (int j = whole; j < members; j++) {
      lanes[j - whole] = Math.fma(gradient[row + j], attention[row + j], lanes[j - whole]);
    }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
        + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
  }

  private static FloatVector vector(float[] numbers, int at) {
    return FloatVector.fromArray(SPECIES, numbers, at);
  }

  private long sets(MemorySegment ofLatent) {
    return ofLatent.byteSize() / Float.BYTES / rows.length;
  }

  /** {@code [m, z] -> [h, m, e]}. */
  private void split() {
    int to = 0;
    for (int head = 0; head < HEADS; head++) {
      for (int i = 0; i < members; i++) {
        System.arraycopy(rows, i * latent + head * each, heads, to, each);
        to += each;
      }
    }
  }

  /** {@code [h, m, e]} to a third of {@code [m, 3 z]}. */
  private void join(int part) {
    int from = 0;
    for (int head = 0; head < HEADS; head++) {
      for (int i = 0; i < members; i++) {
        System.arraycopy(heads, from, wide, (i * 3 + part) * latent + head * each, each);
        from += each;
      }
    }
  }

  /** {@code [h, e, m]} to a third of {@code [m, 3 z]}. */
  private void joinTurned(int part) {
    for (int i = 0; i < members; i++) {
      int to = (i * 3 + part) * latent;
      for (int c = 0; c < latent; c++) {
        wide[to + c] = heads[c * members + i];
      }
    }
  }

  private void readPart(MemorySegment projected, long set, int part) {
    for (int i = 0; i < members; i++) {
      long at = ((set * members + i) * 3 + part) * latent * Float.BYTES;
      MemorySegment.copy(projected, FLOAT, at, rows, i * latent, latent);
    }
  }

  private static void read(MemorySegment from, long set, float[] into) {
    MemorySegment.copy(from, FLOAT, set * into.length * Float.BYTES, into, 0, into.length);
  }

  private static void write(float[] from, MemorySegment into, long set) {
    MemorySegment.copy(from, 0, into, FLOAT, set * from.length * Float.BYTES, from.length);
  }
}
