package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphTopology;
import dev.espalier.learning.meta.GrowthRule;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticBlock;
import dev.espalier.search.space.mobilenetv3.ElasticSlots;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks of MobileNetV3 as graphs of MetaD2A: a chain with a vertex for each of the 20 slots, of
 * type 2 + 9 (depth of its stage - 2) + its block, those beyond the depth of a stage too.
 */
public final class MobileNetV3Graphs implements GraphCoding {
  private static final int FIRST_TYPE = 2;
  private static final int BLOCKS = ElasticBlock.ALL.size();
  private static final int DEPTHS =
      ElasticArchitecture.DEEPEST - ElasticArchitecture.SHALLOWEST + 1;
  private static final GraphTopology TOPOLOGY =
      GraphTopology.chain(ElasticSlots.SLOTS + 2, FIRST_TYPE + DEPTHS * BLOCKS);

  @Override
  public String space() {
    return MobileNetV3.NAME;
  }

  @Override
  public GraphTopology topology() {
    return TOPOLOGY;
  }

  /** Slots that the network has no block for have the smallest. */
  @Override
  public CodedGraph encode(Architecture architecture) {
    if (!(architecture instanceof ElasticArchitecture elastic)) {
      throw new InvalidInput("%s is no network of MobileNetV3".formatted(architecture.canonical()));
    }
    return encode(elastic.slots());
  }

  /** The graph of a coding with all its slots, as the published databases have them. */
  public CodedGraph encode(ElasticSlots slots) {
    int[] types = new int[ElasticSlots.SLOTS];
    for (int slot = 0; slot < types.length; slot++) {
      int depth = slots.depths().get(slot / ElasticArchitecture.DEEPEST);
      ElasticBlock block =
          new ElasticBlock(slots.kernels().get(slot), slots.expansions().get(slot));
      types[slot] = FIRST_TYPE + BLOCKS * (depth - ElasticArchitecture.SHALLOWEST) + block.index();
    }
    return TOPOLOGY.graph(types);
  }

  /** All slots of a stage say the depth that its first says. */
  @Override
  public Optional<GrowthRule> rule() {
    return Optional.of((vertex, types, type) ->
        type >= FIRST_TYPE
            && ((vertex - 1) % ElasticArchitecture.DEEPEST == 0
                || (type - FIRST_TYPE) / BLOCKS == (types[vertex - 1] - FIRST_TYPE) / BLOCKS));
  }

  /** A network, if the graph is one of 22 vertices and all slots of a stage say the same depth. */
  @Override
  public Optional<Architecture> decode(CodedGraph graph) {
    if (graph.vertices() != TOPOLOGY.vertices() || !graph.isNetwork()) {
      return Optional.empty();
    }
    List<Integer> kernels = new ArrayList<>();
    List<Integer> expansions = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    for (int slot = 0; slot < ElasticSlots.SLOTS; slot++) {
      int type = graph.types()[slot + 1] - FIRST_TYPE;
      if (type < 0) {
        return Optional.empty();
      }
      ElasticBlock block = ElasticBlock.ALL.get(type % BLOCKS);
      int depth = ElasticArchitecture.SHALLOWEST + type / BLOCKS;
      kernels.add(block.kernel());
      expansions.add(block.expansion());
      if (slot % ElasticArchitecture.DEEPEST == 0) {
        depths.add(depth);
      } else if (depth != depths.getLast()) {
        return Optional.empty();
      }
    }
    return Optional.of(new ElasticSlots(kernels, expansions, depths).architecture());
  }
}
