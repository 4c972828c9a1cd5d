package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Makes the halves of states behind a layer: half of what a vertex hears along its edges, or
 * against them, since a state is the mean of both.
 */
final class HeardStates {
  private static final double HALF = 0.5;

  private final StateProducts products;
  private final CellChunk chunk;
  private int[] member = new int[16];
  private float[] weight = new float[16];
  private int count;

  HeardStates(StateProducts products, CellChunk chunk) {
    this.products = products;
    this.chunk = chunk;
  }

  /** Of a vertex and those that its edges lead to: all count the same. */
  void along(int index, int v, float[] out, int at) {
    begin(v);
    VertexGraph graph = chunk.graph(index);
    int first = chunk.first(index);
    for (int i = 0; i < graph.edges(); i++) {
      if (first + VertexGraph.source(graph.edgeAt(i)) == v) {
        insert(first + VertexGraph.target(graph.edgeAt(i)));
      }
    }
    Arrays.fill(weight, 0, count, (float) (HALF / count));
    hear(0, out, at);
  }

  /** Of a vertex and those whose edges lead to it: each counts as it shares itself out. */
  void against(int index, int v, float[] out, int at) {
    begin(v);
    VertexGraph graph = chunk.graph(index);
    int first = chunk.first(index);
    for (int i = 0; i < graph.edges(); i++) {
      if (first + VertexGraph.target(graph.edgeAt(i)) == v) {
        insert(first + VertexGraph.source(graph.edgeAt(i)));
      }
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += chunk.share(member[i]);
    }
    for (int i = 0; i < count; i++) {
      weight[i] = (float) (HALF * chunk.share(member[i]) / sum);
    }
    hear(products.width / 2, out, at);
  }

  private void begin(int v) {
    count = 1;
    member[0] = v;
  }

  /** In the order of the hashes. */
  private void insert(int v) {
    if (count == member.length) {
      member = Arrays.copyOf(member, 2 * count);
      weight = new float[2 * count];
    }
    int at = count++;
    while (at > 0 && chunk.hash(member[at - 1]) > chunk.hash(v)) {
      member[at] = member[at - 1];
      at--;
    }
    member[at] = v;
  }

  private void hear(int from, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      products.locate(i, member[i]);
    }
    for (int j = from; j < from + products.width / 2; j += Blocks.WIDE_COLUMNS) {
      hearBlock(j, out, at + j - from);
    }
  }

  private void hearBlock(int j, float[] out, int at) {
    FloatVector zero = FloatVector.zero(Blocks.WIDE);
    FloatVector s = zero;
    FloatVector t = zero;
    FloatVector u = zero;
    for (int i = 0; i < count; i++) {
      float[] one = products.onePage[i];
      float[] other = products.otherPage[i];
      int oneAt = products.onePlace[i] + j;
      int otherAt = products.otherPlace[i] + j;
      FloatVector share = FloatVector.broadcast(Blocks.WIDE, weight[i]);
      s = sum(one, oneAt, other, otherAt).fma(share, s);
      t = sum(one, oneAt + Blocks.WIDE_LANES, other, otherAt + Blocks.WIDE_LANES).fma(share, t);
      u =
          sum(one, oneAt + 2 * Blocks.WIDE_LANES, other, otherAt + 2 * Blocks.WIDE_LANES)
              .fma(share, u);
    }
    s.max(zero).intoArray(out, at);
    t.max(zero).intoArray(out, at + Blocks.WIDE_LANES);
    u.max(zero).intoArray(out, at + 2 * Blocks.WIDE_LANES);
  }

  private static FloatVector sum(float[] one, int oneAt, float[] other, int otherAt) {
    return FloatVector.fromArray(Blocks.WIDE, one, oneAt)
        .add(FloatVector.fromArray(Blocks.WIDE, other, otherAt));
  }
}
