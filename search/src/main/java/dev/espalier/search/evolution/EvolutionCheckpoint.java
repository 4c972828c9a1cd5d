package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * A run between two generations.
 *
 * @param costs digest of the space's cost tables
 * @param log all scores, generation by generation, in Base64: number, count, then for each the bits
 *     (lowest first, filled up to bytes) and the accuracy as a double. Text would be three times as
 *     long and slow to write every few seconds.
 */
record EvolutionCheckpoint(
    int version,
    String space,
    String costs,
    Strategy strategy,
    EvolutionSettings settings,
    CostLimits limits,
    long seed,
    String stream,
    EvolutionState state,
    String log) {
  static final int VERSION = 1;

  /** What one generation scored. */
  record Batch(int generation, List<Scored> scored) {}

  void refuseOther(String givenSpace, String givenCosts) {
    if (version != VERSION) {
      throw new InvalidInput(
          "the checkpoint has version %d, but this program reads version %d"
              .formatted(version, VERSION));
    }
    if (!space.equals(givenSpace) || !costs.equals(givenCosts)) {
      throw new InvalidInput(
          "the checkpoint is of a search in %s, but %s was given: the space and its cost tables must be the same"
              .formatted(space, space.equals(givenSpace) ? "one with other costs" : givenSpace));
    }
  }

  static String log(List<Batch> batches) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Batch batch : batches) {
        out.writeInt(batch.generation());
        out.writeInt(batch.scored().size());
        for (Scored one : batch.scored()) {
          out.write(packed(one.genome()));
          out.writeDouble(one.accuracy());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  List<Batch> batches(int bits) {
    byte[] packed = new byte[Math.ceilDiv(bits, 8)];
    List<Batch> batches = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(log)))) {
      while (in.available() > 0) {
        int generation = in.readInt();
        int count = in.readInt();
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          in.readFully(packed);
          scored.add(new Scored(unpacked(packed, bits), in.readDouble()));
        }
        batches.add(new Batch(generation, scored));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInput("the checkpoint's log of scores is damaged: " + e.getMessage(), e);
    }
    return batches;
  }

  private static byte[] packed(Genome genome) {
    BitSet bits = new BitSet(genome.length());
    for (int i = 0; i < genome.length(); i++) {
      bits.set(i, genome.bit(i));
    }
    byte[] padded = new byte[Math.ceilDiv(genome.length(), 8)];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, padded, 0, set.length);
    return padded;
  }

  private static Genome unpacked(byte[] packed, int length) {
    BitSet set = BitSet.valueOf(packed);
    boolean[] bits = new boolean[length];
    for (int i = 0; i < length; i++) {
      bits[i] = set.get(i);
    }
    return Genome.of(bits);
  }
}
