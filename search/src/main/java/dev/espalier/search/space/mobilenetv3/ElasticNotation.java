package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/** Stages between bars, blocks between hyphens, each its kernel and expansion. */
final class ElasticNotation {
  static final String EXAMPLE = "k3e3-k5e6|k7e4-k3e3|k3e6-k3e6|k5e4-k5e4-k5e4|k7e6-k7e6";

  private ElasticNotation() {}

  /**
   * Reads it; blanks may stand around signs.
   *
   * @throws InvalidInput with the stage and block of the mistake
   */
  static ElasticArchitecture read(String text) {
    String[] stages = text.split("\\|", -1);
    if (stages.length != STAGES) {
      throw new InvalidInput(
          "expected 5 stages with | between them, but found %d: a network looks like %s"
              .formatted(text.isBlank() ? 0 : stages.length, EXAMPLE));
    }
    List<List<ElasticBlock>> read = new ArrayList<>();
    for (String stage : stages) {
      read.add(stage(stage, read.size() + 1));
    }
    return new ElasticArchitecture(read);
  }

  private static List<ElasticBlock> stage(String text, int number) {
    List<ElasticBlock> blocks = new ArrayList<>();
    for (String block : text.split("-", -1)) {
      try {
        blocks.add(ElasticBlock.labelled(block.strip()));
      } catch (InvalidInput e) {
        throw new InvalidInput(
            "stage %d, block %d: %s".formatted(number, blocks.size() + 1, e.problems().getFirst()),
            e);
      }
    }
    return blocks;
  }
}
