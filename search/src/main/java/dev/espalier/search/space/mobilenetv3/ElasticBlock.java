package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be chosen of an inverted residual block.
 *
 * @param kernel side of its depthwise filters: 3, 5 or 7
 * @param expansion channels within it for each that comes in: 3, 4 or 6
 */
public record ElasticBlock(int kernel, int expansion) {
  public static final List<Integer> KERNELS = List.of(3, 5, 7);
  public static final List<Integer> EXPANSIONS = List.of(3, 4, 6);

  /** All of them, by kernel, then by expansion. */
  public static final List<ElasticBlock> ALL = all();

  private static final List<String> LABELS = ALL.stream().map(ElasticBlock::label).toList();

  public ElasticBlock {
    if (!KERNELS.contains(kernel) || !EXPANSIONS.contains(expansion)) {
      throw new InvalidInput(
          "no block has kernel %d and expansion %d: allowed are the kernels 3, 5, 7 and the expansions 3, 4, 6"
              .formatted(kernel, expansion));
    }
  }

  private static List<ElasticBlock> all() {
    List<ElasticBlock> all = new ArrayList<>();
    for (int kernel : KERNELS) {
      EXPANSIONS.forEach(expansion -> all.add(new ElasticBlock(kernel, expansion)));
    }
    return List.copyOf(all);
  }

  /** The name in architectures, such as {@code k5e4}. */
  public String label() {
    return "k" + kernel + "e" + expansion;
  }

  /** This block's place in {@link #ALL}. */
  public int index() {
    return KERNELS.indexOf(kernel) * EXPANSIONS.size() + EXPANSIONS.indexOf(expansion);
  }

  /**
   * The block of a name, in whatever case.
   *
   * @throws InvalidInput with the allowed ones
   */
  static ElasticBlock labelled(String name) {
    int index = LABELS.indexOf(name.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new InvalidInput(
          "unknown block \"%s\": allowed are %s".formatted(name, String.join(", ", LABELS)));
    }
    return ALL.get(index);
  }
}
