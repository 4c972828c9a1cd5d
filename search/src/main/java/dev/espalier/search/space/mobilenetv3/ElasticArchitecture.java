package dev.espalier.search.space.mobilenetv3;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.PlacedOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network of the space: the blocks of its five stages. As JSON it is its string, such as {@code
 * k3e3-k5e6|k7e4-k3e3-k3e3|k3e6-k3e6|k5e4-k5e4|k7e6-k7e6-k7e6-k7e6}.
 *
 * <p>It has the blocks that the network has, and no others: what a {@link ElasticSlots coding} says
 * of slots beyond a stage's depth is not kept, so that two codings of one network are equal.
 *
 * @param stages of two to four blocks each
 */
public record ElasticArchitecture(List<List<ElasticBlock>> stages) implements Architecture {
  public static final int STAGES = 5;
  public static final int SHALLOWEST = 2;
  public static final int DEEPEST = 4;

  public ElasticArchitecture {
    stages = stages.stream().map(List::copyOf).toList();
    if (stages.size() != STAGES) {
      throw new InvalidInput("a network has 5 stages, but got %d".formatted(stages.size()));
    }
    for (int stage = 0; stage < STAGES; stage++) {
      int depth = stages.get(stage).size();
      if (depth < SHALLOWEST || depth > DEEPEST) {
        throw new InvalidInput(
            "stage %d has %d blocks: allowed are 2, 3 or 4".formatted(stage + 1, depth));
      }
    }
  }

  /**
   * The network of a string, or of a coding as programs of Once-for-All print it.
   *
   * @throws InvalidInput with the place of the mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ElasticArchitecture parse(String text) {
    return ElasticReader.read(text);
  }

  /** How many blocks a stage has. */
  public int depth(int stage) {
    return stages.get(stage).size();
  }

  /** All blocks in order. */
  public List<ElasticBlock> blocks() {
    return stages.stream().flatMap(List::stream).toList();
  }

  /** Its coding, in which slots that it has no block for are filled with the smallest block. */
  public ElasticSlots slots() {
    return ElasticSlots.of(this);
  }

  @Override
  @JsonValue
  public String canonical() {
    return stages.stream()
        .map(stage -> stage.stream().map(ElasticBlock::label).collect(Collectors.joining("-")))
        .collect(Collectors.joining("|"));
  }

  /**
   * State 4 s is what stage s reads, from 0, state 20 the output; so that a block's states tell its
   * stage, and depths differ.
   */
  @Override
  public List<PlacedOperator> placed() {
    List<PlacedOperator> placed = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      int first = stage * DEEPEST;
      for (int slot = 0; slot < depth(stage); slot++) {
        boolean isLast = slot == depth(stage) - 1;
        int target = isLast ? first + DEEPEST : first + slot + 1;
        placed.add(
            new PlacedOperator(
                new EdgeEnds("", first + slot, target), stages.get(stage).get(slot).label()));
      }
    }
    return placed;
  }

  @Override
  public String svg() {
    return ElasticSvg.of(this);
  }

  @Override
  public String dot() {
    return ElasticDot.of(this);
  }

  /** A line for each stage. */
  @Override
  public String text() {
    return ElasticText.of(this);
  }

  @Override
  public String toString() {
    return canonical();
  }
}
