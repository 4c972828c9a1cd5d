package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.DEEPEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A coding of a network as Once-for-All and MetaD2A write it: kernel and expansion of all slots,
 * four in each stage, and the depth of each stage. What it says of slots beyond the depth is of no
 * network: several codings are one {@link #architecture}.
 *
 * @param kernels of the 20 slots, published as {@code ks}
 * @param expansions of the 20 slots, published as {@code e}
 * @param depths of the 5 stages, published as {@code d}
 */
public record ElasticSlots(List<Integer> kernels, List<Integer> expansions, List<Integer> depths) {
  public static final int SLOTS = STAGES * DEEPEST;

  private static final List<Integer> DEPTHS = List.of(2, 3, 4);
  private static final ElasticBlock SMALLEST = ElasticBlock.ALL.getFirst();

  /**
   * @throws InvalidInput with all that is wrong
   */
  public ElasticSlots {
    kernels = List.copyOf(kernels);
    expansions = List.copyOf(expansions);
    depths = List.copyOf(depths);
    List<String> problems = new ArrayList<>();
    check(problems, "ks", kernels, SLOTS, ElasticBlock.KERNELS, "slot");
    check(problems, "e", expansions, SLOTS, ElasticBlock.EXPANSIONS, "slot");
    check(problems, "d", depths, STAGES, DEPTHS, "stage");
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  private static void check(
      List<String> problems,
      String name,
      List<Integer> values,
      int count,
      List<Integer> allowed,
      String what) {
    if (values.size() != count) {
      problems.add(
          "%s has %d numbers, but a network has %d %ss"
              .formatted(name, values.size(), count, what));
    }
    for (int i = 0; i < values.size(); i++) {
      if (!allowed.contains(values.get(i))) {
        problems.add(
            "%s has %d for %s %d: allowed are %s"
                .formatted(
                    name,
                    values.get(i),
                    what,
                    i + 1,
                    allowed.toString().replaceAll("[\\[\\]]", "")));
        return;
      }
    }
  }

  /** Slots that the network has no block for are filled with the smallest block. */
  static ElasticSlots of(ElasticArchitecture architecture) {
    Integer[] kernels = new Integer[SLOTS];
    Integer[] expansions = new Integer[SLOTS];
    Arrays.fill(kernels, SMALLEST.kernel());
    Arrays.fill(expansions, SMALLEST.expansion());
    List<Integer> depths = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      depths.add(architecture.depth(stage));
      for (int slot = 0; slot < architecture.depth(stage); slot++) {
        ElasticBlock block = architecture.stages().get(stage).get(slot);
        kernels[stage * DEEPEST + slot] = block.kernel();
        expansions[stage * DEEPEST + slot] = block.expansion();
      }
    }
    return new ElasticSlots(List.of(kernels), List.of(expansions), depths);
  }

  /** The network that it is a coding of. */
  public ElasticArchitecture architecture() {
    List<List<ElasticBlock>> stages = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      List<ElasticBlock> blocks = new ArrayList<>();
      for (int slot = 0; slot < depths.get(stage); slot++) {
        int place = stage * DEEPEST + slot;
        blocks.add(new ElasticBlock(kernels.get(place), expansions.get(place)));
      }
      stages.add(blocks);
    }
    return new ElasticArchitecture(stages);
  }
}
