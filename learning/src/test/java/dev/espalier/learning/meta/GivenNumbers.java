package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.Npz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decisions by the numbers of a golden file, or the likelier of both; compares probabilities. */
final class GivenNumbers implements Decisions {
  private final GraphTopology topology;
  private final List<float[]> latent = new ArrayList<>();
  private final double[] ofTypes;
  private final double[] ofEdges;
  private final double[] typeProbabilities;
  private final double[] edgeProbabilities;
  private final boolean random;
  private double furthest;
  private int compared;

  GivenNumbers(Npz golden, GraphTopology topology, boolean random) {
    this.topology = topology;
    float[] all = golden.floats(golden.has("in/z") ? "in/z" : "in/decode_z");
    for (int from = 0; from < all.length; from += 56) {
      latent.add(Arrays.copyOfRange(all, from, from + 56));
    }
    this.ofTypes = golden.get("in/decode_u_type");
    this.ofEdges = golden.get("in/decode_u_edge");
    this.typeProbabilities = golden.get("decode/type_probs");
    this.edgeProbabilities = golden.get("decode/edge_scores");
    this.random = random;
  }

  List<float[]> latent() {
    return latent;
  }

  @Override
  public int type(int vertex, int graph, float[] probabilities) {
    int row = (vertex - 1) * latent.size() + graph;
    if (!random) {
      int best = 0;
      for (int type = 1; type < probabilities.length; type++) {
        best = probabilities[type] > probabilities[best] ? type : best;
      }
      return best;
    }
    for (int type = 0; type < probabilities.length; type++) {
      compare(probabilities[type], typeProbabilities[row * topology.types() + type]);
    }
    return Decisions.smallest(probabilities, ofTypes[row]);
  }

  @Override
  public boolean edge(int source, int vertex, int graph, float probability) {
    int row = vertex * (vertex - 1) / 2 + vertex - 1 - source;
    if (!random) {
      return probability > 0.5f;
    }
    compare(probability, edgeProbabilities[row * latent.size() + graph]);
    return (float) ofEdges[row * latent.size() + graph] < probability;
  }

  private void compare(float found, double expected) {
    furthest = Math.max(furthest, Math.abs(found - expected));
    compared++;
  }

  void assertProbabilities() {
    assertThat(compared).isGreaterThan(latent.size() * topology.types());
    assertThat(furthest).isCloseTo(0, within(1e-5));
  }
}
