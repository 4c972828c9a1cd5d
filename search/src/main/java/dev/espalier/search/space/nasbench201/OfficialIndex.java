package dev.espalier.search.space.nasbench201;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * The benchmark's numbering. Its authors wrote down all cells in lexicographic order (node 1, node
 * 2, node 3; operators in their order) and shuffled the list with Python's {@code random.seed(88);
 * random.shuffle(list)}. This class does the same: no table is needed.
 */
final class OfficialIndex {
  private static final int SEED = 88;
  private static final int OPERATORS = Operator.ALL.size();

  static final int CELLS = 15_625;

  /** Lexicographic number of each cell, by official index. */
  private static final int[] LEXICOGRAPHIC = shuffled();

  private static final int[] OFFICIAL = inverse(LEXICOGRAPHIC);

  private OfficialIndex() {}

  static Cell cell(int index) {
    if (index < 0 || index >= CELLS) {
      throw new InvalidInput(
          "a NAS-Bench-201 index must be between 0 and %d, but was %d".formatted(CELLS - 1, index));
    }
    int rest = LEXICOGRAPHIC[index];
    Operator[] operators = new Operator[Edge.ALL.size()];
    for (int edge = operators.length - 1; edge >= 0; edge--) {
      operators[edge] = Operator.ALL.get(rest % OPERATORS);
      rest /= OPERATORS;
    }
    return new Cell(List.of(operators));
  }

  static int index(Cell cell) {
    int lexicographic = 0;
    for (Operator operator : cell.operators()) {
      lexicographic = lexicographic * OPERATORS + operator.index();
    }
    return OFFICIAL[lexicographic];
  }

  /** Python's {@code random.shuffle}: Fisher and Yates from the top. */
  private static int[] shuffled() {
    MersenneTwister twister = new MersenneTwister(new int[] {SEED});
    int[] order = new int[CELLS];
    Arrays.setAll(order, i -> i);
    for (int last = CELLS - 1; last > 0; last--) {
      int other = below(last + 1, twister);
      int moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /**
   * Python's {@code _randbelow_with_getrandbits}: as many bits as the bound has, drawn again while
   * too large.
   */
  private static int below(int bound, MersenneTwister twister) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int number;
    do {
      number = twister.nextInt() >>> (Integer.SIZE - bits);
    } while (number >= bound);
    return number;
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }
}
