package dev.espalier.learning.predictor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with a graph network whose weights stay as they are, without computing anything twice,
 * where the places of the graphs are one after another: its layers.
 *
 * <p>Messages only flow towards the output, so the states of a layer's vertices depend on nothing
 * but the numbers of selected operations in this layer and those before it: its prefix. With six
 * operations and five layers there are 6 + 36 + ... + 7776 prefixes for 992,436,543 architectures.
 * What the vertices of a prefix add to the hidden layer is kept, {@code [1 + operations, h]}; an
 * architecture is a sum of such rows. Nothing is approximated, and the bits do not depend on what
 * was predicted before.
 */
final class GraphScorer {
  /** Prefixes kept at most: some 25 MB at the published size. */
  private static final int MOST = 12_000;

  private final GraphNetwork network;
  private final int most;
  private final int layers;
  private final int operations;
  private final int embedding;
  private final int hidden;
  private final float[][][] head; // [v][e, h]
  private final float[][][] isolated; // [layer][operation, h]
  private final List<Map<Long, Prefix>> known = new ArrayList<>();
  private int size;

  /** What the vertices of the last of some layers are, and what they add to the hidden layer. */
  private static final class Prefix {
    private final float[][] operationStates; // of a selected one, before each block: [block, e]
    private final float[] input; // [h]
    private final float[][] selected; // [operation, h]
    private final float[] output; // [h], at the last layer only

    Prefix(float[][] operationStates, float[] input, float[][] selected, float[] output) {
      this.operationStates = operationStates;
      this.input = input;
      this.selected = selected;
      this.output = output;
    }
  }

  /**
   * A prefix to be computed.
   *
   * @param parent the prefix of the layer before, null at the first
   * @param before the number of selected operations in the layer before
   */
  private record Wanted(long key, int before, int selected, @Nullable Prefix parent) {}

  GraphScorer(GraphNetwork network) {
    this(network, MOST);
  }

  /**
   * @param most prefixes to keep before forgetting all
   */
  GraphScorer(GraphNetwork network, int most) {
    this.network = network;
    this.most = most;
    this.layers = network.layout().places().size();
    this.operations = network.layout().operations();
    this.embedding = network.embedding();
    this.hidden = network.hidden();
    int vertices = layers * (operations + 1) + 1;
    this.head = new float[vertices][embedding][hidden];
    for (int v = 0; v < vertices; v++) {
      for (int e = 0; e < embedding; e++) {
        for (int h = 0; h < hidden; h++) {
          head[v][e][h] = network.head().rows()[h][v * embedding + e];
        }
      }
    }
    for (int layer = 0; layer < layers; layer++) {
      known.add(new HashMap<>());
    }
    this.isolated = isolated();
  }

  /** An operation that is not selected keeps to itself: the same in every architecture. */
  private float[][][] isolated() {
    Rows rows = new Rows(1);
    rows.begin(0, 0);
    rows.run((block, states, messages) ->
        Kernels.scale(messages[0], states[0], GraphWiring.kept(0), embedding));
    float[][][] added = new float[layers][operations][];
    for (int layer = 0; layer < layers; layer++) {
      for (int i = 0; i < operations; i++) {
        added[layer][i] = added(rows.maximum[0], layer * (operations + 1) + 1 + i);
      }
    }
    return added;
  }

  double[] predict(List<EncodedArchitecture> architectures) {
    if (size > most) {
      known.forEach(Map::clear);
      size = 0;
    }
    long[] keys = new long[architectures.size()];
    for (int layer = 0; layer < layers; layer++) {
      complete(layer, architectures, keys);
    }
    double[] predictions = new double[architectures.size()];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = predict(architectures.get(i));
    }
    return predictions;
  }

  private double predict(EncodedArchitecture architecture) {
    float[] row = network.headBias().rows()[0].clone(); // [h]
    long key = 0;
    for (int layer = 0; layer < layers; layer++) {
      key = extended(key, architecture.count(layer));
      Prefix prefix = prefix(layer, key);
      Kernels.addScaled(row, prefix.input, 1, hidden);
      for (int i = 0; i < operations; i++) {
        float[] added = architecture.has(layer, i) ? prefix.selected[i] : isolated[layer][i];
        Kernels.addScaled(row, added, 1, hidden);
      }
      if (layer == layers - 1) {
        Kernels.addScaled(row, prefix.output, 1, hidden);
      }
    }
    return network.accuracy(row);
  }

  private long extended(long key, int selected) {
    return Math.addExact(Math.multiplyExact(key, operations + 1), selected);
  }

  private Prefix prefix(int layer, long key) {
    @Nullable Prefix prefix = known.get(layer).get(key);
    if (prefix == null) {
      throw new IllegalStateException(
          "prefix %d of layer %d was not computed".formatted(key, layer));
    }
    return prefix;
  }

  /**
   * Computes what is not known yet of a layer; the layers before it are known.
   *
   * @param keys of each architecture's prefix that ends before this layer, extended by it
   */
  private void complete(int layer, List<EncodedArchitecture> architectures, long[] keys) {
    Map<Long, Wanted> wanted = new LinkedHashMap<>();
    for (int a = 0; a < keys.length; a++) {
      EncodedArchitecture architecture = architectures.get(a);
      int selected = architecture.count(layer);
      long parent = keys[a];
      long key = extended(parent, selected);
      keys[a] = key;
      if (!known.get(layer).containsKey(key) && !wanted.containsKey(key)) {
        wanted.put(
            key,
            layer == 0
                ? new Wanted(key, 0, selected, null)
                : new Wanted(
                    key, architecture.count(layer - 1), selected, prefix(layer - 1, parent)));
      }
    }
    if (!wanted.isEmpty()) {
      compute(layer, List.copyOf(wanted.values()));
    }
  }

  private void compute(int layer, List<Wanted> wanted) {
    boolean last = layer == layers - 1;
    int each = last ? 3 : 2; // input, operation and, at the end, output
    Rows rows = new Rows(wanted.size() * each);
    float[][][] kept = new float[wanted.size()][network.blocks().size()][];
    for (int w = 0; w < wanted.size(); w++) {
      rows.begin(w * each, wanted.get(w).selected());
      rows.begin(w * each + 1, 1);
      if (last) {
        rows.begin(w * each + 2, 0);
      }
    }
    rows.run((block, states, messages) -> {
      for (int w = 0; w < kept.length; w++) {
        Wanted prefix = wanted.get(w);
        int input = w * each;
        int selected = prefix.selected();
        Kernels.scale(messages[input], states[input], GraphWiring.kept(selected), embedding);
        if (prefix.parent() != null) {
          float share = prefix.before() * GraphWiring.weight(1, selected);
          Kernels.addScaled(
              messages[input], prefix.parent().operationStates[block], share, embedding);
        }
        float[] operation = states[input + 1];
        kept[w][block] = operation.clone();
        Kernels.scale(messages[input + 1], operation, GraphWiring.kept(1), embedding);
        Kernels.addScaled(
            messages[input + 1], states[input], GraphWiring.weight(selected, 1), embedding);
        if (last) {
          Kernels.scale(messages[input + 2], states[input + 2], GraphWiring.kept(0), embedding);
          float share = selected * GraphWiring.weight(1, 0);
          Kernels.addScaled(messages[input + 2], operation, share, embedding);
        }
      }
    });
    for (int w = 0; w < kept.length; w++) {
      int vertex = layer * (operations + 1);
      float[][] selected = new float[operations][];
      for (int i = 0; i < operations; i++) {
        selected[i] = added(rows.maximum[w * each + 1], vertex + 1 + i);
      }
      known
          .get(layer)
          .put(
              wanted.get(w).key(),
              new Prefix(
                  last ? new float[0][] : kept[w],
                  added(rows.maximum[w * each], vertex),
                  selected,
                  last
                      ? added(rows.maximum[w * each + 2], vertex + operations + 1)
                      : new float[0]));
    }
    size += wanted.size();
  }

  /** What a vertex in this state adds to the hidden layer, {@code [h]}. */
  private float[] added(float[] state, int vertex) {
    float[][] sum = new float[1][hidden];
    Kernels.multiplyAdd(new float[][] {state}, head[vertex], sum, 1, embedding, hidden);
    return sum[0];
  }

  private interface Messages {
    void send(int block, float[][] states, float[][] messages);
  }

  /** Rows that go through the blocks together. */
  private final class Rows {
    final RecurrentCell.Trace trace;
    final RecurrentCell.Scratch scratch;
    final float[][] maximum;

    Rows(int count) {
      trace = new RecurrentCell.Trace(count, embedding);
      scratch = new RecurrentCell.Scratch(count, embedding);
      maximum = new float[count][embedding];
    }

    void begin(int row, int outDegree) {
      network.embed(outDegree, trace.state[row]);
      Arrays.fill(maximum[row], Float.NEGATIVE_INFINITY);
    }

    void run(Messages messages) {
      for (int block = 0; block < network.blocks().size(); block++) {
        messages.send(block, trace.state, trace.message);
        network.blocks().get(block).forward(trace, scratch, maximum.length);
        for (int r = 0; r < maximum.length; r++) {
          System.arraycopy(trace.next[r], 0, trace.state[r], 0, embedding);
          larger(maximum[r], trace.state[r]);
        }
      }
    }

    private static void larger(float[] maximum, float[] states) {
      for (int j = 0; j < maximum.length; j++) {
        maximum[j] = Math.max(maximum[j], states[j]);
      }
    }
  }
}
