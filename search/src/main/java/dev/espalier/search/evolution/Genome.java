package dev.espalier.search.evolution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;

/**
 * An architecture as bits, layer after layer. As a string, and as JSON: a {@code 0} or {@code 1}
 * for each.
 */
public record Genome(@JsonValue String bits) implements Comparable<Genome> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Genome {
    for (int i = 0; i < bits.length(); i++) {
      if (bits.charAt(i) != '0' && bits.charAt(i) != '1') {
        throw new InvalidInput(
            "a genome is made of 0 and 1, but \"%s\" has '%c' at position %d"
                .formatted(bits, bits.charAt(i), i + 1));
      }
    }
  }

  public static Genome of(boolean... bits) {
    StringBuilder text = new StringBuilder(bits.length);
    for (boolean bit : bits) {
      text.append(bit ? '1' : '0');
    }
    return new Genome(text.toString());
  }

  public int length() {
    return bits.length();
  }

  public boolean bit(int position) {
    return bits.charAt(position) == '1';
  }

  public boolean[] toBooleans() {
    boolean[] copy = new boolean[length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = bit(i);
    }
    return copy;
  }

  /** The bits of one layer as a number: the layer's first choice is its lowest bit. */
  int selection(int layer, int choices) {
    int selection = 0;
    for (int choice = 0; choice < choices; choice++) {
      if (bit(layer * choices + choice)) {
        selection |= 1 << choice;
      }
    }
    return selection;
  }

  /** This genome with one bit changed. */
  public Genome flipped(int position) {
    return new Genome(
        bits.substring(0, position) + (bit(position) ? '0' : '1') + bits.substring(position + 1));
  }

  /** Single-point crossover: this genome before the point, the other one from it on. */
  public Genome crossed(Genome other, int point) {
    return new Genome(bits.substring(0, point) + other.bits.substring(point));
  }

  /**
   * Mutation as published: where the mask is set, the bit of {@code values} instead, which may be
   * the one that was there.
   */
  public Genome replaced(boolean[] mask, boolean[] values) {
    boolean[] mutated = toBooleans();
    for (int i = 0; i < mutated.length; i++) {
      mutated[i] = mask[i] ? values[i] : mutated[i];
    }
    return of(mutated);
  }

  /** Every bit drawn anew with this probability. */
  public Genome mutated(double probability, RandomStream random) {
    boolean[] mask = new boolean[length()];
    boolean[] values = new boolean[length()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < probability;
      values[i] = mask[i] && random.nextBoolean();
    }
    return replaced(mask, values);
  }

  /** The number of positions at which the two differ. */
  public int distance(Genome other) {
    int distance = 0;
    for (int i = 0; i < length(); i++) {
      distance += bit(i) == other.bit(i) ? 0 : 1;
    }
    return distance;
  }

  @Override
  public int compareTo(Genome other) {
    return bits.compareTo(other.bits);
  }

  @Override
  public String toString() {
    return bits;
  }
}
