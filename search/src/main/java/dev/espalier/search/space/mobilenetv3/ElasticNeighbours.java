package dev.espalier.search.space.mobilenetv3;

import java.util.ArrayList;
import java.util.List;

/**
 * The networks that differ in one choice: the kernel or the expansion of one block, or one block
 * more or less at the end of a stage.
 */
final class ElasticNeighbours {
  private final ElasticArchitecture architecture;
  private final List<ElasticArchitecture> found = new ArrayList<>();

  private ElasticNeighbours(ElasticArchitecture architecture) {
    this.architecture = architecture;
  }

  /** Stage by stage: changed blocks in order, then a block less, then a block more. */
  static List<ElasticArchitecture> of(ElasticArchitecture architecture) {
    ElasticNeighbours neighbours = new ElasticNeighbours(architecture);
    for (int stage = 0; stage < ElasticArchitecture.STAGES; stage++) {
      neighbours.change(stage);
      neighbours.shorten(stage);
      neighbours.lengthen(stage);
    }
    return List.copyOf(neighbours.found);
  }

  private void change(int stage) {
    List<ElasticBlock> blocks = architecture.stages().get(stage);
    for (int slot = 0; slot < blocks.size(); slot++) {
      ElasticBlock block = blocks.get(slot);
      for (ElasticBlock other : ElasticBlock.ALL) {
        boolean sameKernel = other.kernel() == block.kernel();
        boolean sameExpansion = other.expansion() == block.expansion();
        if (sameKernel != sameExpansion) {
          List<ElasticBlock> changed = new ArrayList<>(blocks);
          changed.set(slot, other);
          add(stage, changed);
        }
      }
    }
  }

  private void shorten(int stage) {
    List<ElasticBlock> blocks = architecture.stages().get(stage);
    if (blocks.size() > ElasticArchitecture.SHALLOWEST) {
      add(stage, blocks.subList(0, blocks.size() - 1));
    }
  }

  private void lengthen(int stage) {
    List<ElasticBlock> blocks = architecture.stages().get(stage);
    if (blocks.size() < ElasticArchitecture.DEEPEST) {
      for (ElasticBlock last : ElasticBlock.ALL) {
        List<ElasticBlock> longer = new ArrayList<>(blocks);
        longer.add(last);
        add(stage, longer);
      }
    }
  }

  private void add(int stage, List<ElasticBlock> blocks) {
    List<List<ElasticBlock>> stages = new ArrayList<>(architecture.stages());
    stages.set(stage, blocks);
    found.add(new ElasticArchitecture(stages));
  }
}
