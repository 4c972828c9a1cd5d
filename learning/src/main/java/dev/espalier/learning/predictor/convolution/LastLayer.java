package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The last layer, the mean over the vertices, and the head: from states to a number. */
final class LastLayer {
  private static final float HALF = 0.5f;

  private final StateProducts places;
  private final CellChunk chunk;
  private final float[] head; // [p]
  private final int p;
  private float[] products = {}; // of all vertices of a graph, [v, 2 p]
  private int[] targetFrom = new int[1];
  private int[] sourceFrom = new int[1];
  private float[] ownShare = {};
  private float[] alongScale = {};
  private int[] target = {};
  private int[] source = {};
  private float[] share = {};

  LastLayer(StateProducts places, CellChunk chunk, float[] head) {
    this.places = places;
    this.chunk = chunk;
    this.head = head;
    this.p = head.length;
  }

  float score(int index) {
    VertexGraph graph = chunk.graph(index);
    int n = graph.vertices();
    makeRoom(n, graph.edges());
    collect(index);
    linkTargets(graph);
    linkSources(graph, chunk.first(index));
    FloatVector sum = FloatVector.zero(Blocks.SPECIES);
    for (int j = 0; j < p; j += Blocks.LANES) {
      sum = pooled(n, j).fma(FloatVector.fromArray(Blocks.SPECIES, head, j), sum);
    }
    float total = 0;
    for (int lane = 0; lane < Blocks.LANES; lane++) {
      total += sum.lane(lane);
    }
    return total / n;
  }

  private void makeRoom(int vertices, int edges) {
    if (products.length < vertices * 2 * p) {
      products = new float[vertices * 2 * p];
      targetFrom = new int[vertices + 1];
      sourceFrom = new int[vertices + 1];
      ownShare = new float[vertices];
      alongScale = new float[vertices];
    }
    if (target.length < edges) {
      target = Arrays.copyOf(target, edges);
      source = Arrays.copyOf(source, edges);
      share = Arrays.copyOf(share, edges);
    }
  }

  /** The products of all vertices, halves together. */
  private void collect(int index) {
    int first = chunk.first(index);
    for (int v = first; v < chunk.first(index + 1); v++) {
      places.locate(0, v);
      float[] one = places.onePage[0];
      float[] other = places.otherPage[0];
      int oneAt = places.onePlace[0];
      int otherAt = places.otherPlace[0];
      int to = (v - first) * 2 * p;
      for (int j = 0; j < 2 * p; j += Blocks.LANES) {
        FloatVector.fromArray(Blocks.SPECIES, one, oneAt + j)
            .add(FloatVector.fromArray(Blocks.SPECIES, other, otherAt + j))
            .intoArray(products, to + j);
      }
    }
  }

  private void linkTargets(VertexGraph graph) {
    int at = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      targetFrom[v] = at;
      for (int i = 0; i < graph.edges(); i++) {
        if (VertexGraph.source(graph.edgeAt(i)) == v) {
          target[at++] = VertexGraph.target(graph.edgeAt(i)) * 2 * p;
        }
      }
      alongScale[v] = HALF / (1 + at - targetFrom[v]);
    }
    targetFrom[graph.vertices()] = at;
  }

  private void linkSources(VertexGraph graph, int first) {
    int at = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      sourceFrom[v] = at;
      float sum = chunk.share(first + v);
      for (int i = 0; i < graph.edges(); i++) {
        if (VertexGraph.target(graph.edgeAt(i)) == v) {
          int from = VertexGraph.source(graph.edgeAt(i));
          source[at] = from * 2 * p + p;
          share[at] = chunk.share(first + from);
          sum += share[at++];
        }
      }
      float scale = HALF / sum;
      for (int i = sourceFrom[v]; i < at; i++) {
        share[i] *= scale;
      }
      ownShare[v] = chunk.share(first + v) * scale;
    }
    sourceFrom[graph.vertices()] = at;
  }

  /** The sum over the vertices, columns {@code j} and on. */
  private FloatVector pooled(int n, int j) {
    FloatVector zero = FloatVector.zero(Blocks.SPECIES);
    FloatVector pooled = zero;
    for (int v = 0; v < n; v++) {
      int own = v * 2 * p + j;
      FloatVector along = FloatVector.fromArray(Blocks.SPECIES, products, own);
      for (int i = targetFrom[v]; i < targetFrom[v + 1]; i++) {
        along = along.add(FloatVector.fromArray(Blocks.SPECIES, products, target[i] + j));
      }
      FloatVector scale = FloatVector.broadcast(Blocks.SPECIES, alongScale[v]);
      pooled = along.max(zero).fma(scale, pooled);
      FloatVector against =
          FloatVector.fromArray(Blocks.SPECIES, products, own + p)
              .mul(FloatVector.broadcast(Blocks.SPECIES, ownShare[v]));
      for (int i = sourceFrom[v]; i < sourceFrom[v + 1]; i++) {
        against =
            FloatVector.fromArray(Blocks.SPECIES, products, source[i] + j)
                .fma(FloatVector.broadcast(Blocks.SPECIES, share[i]), against);
      }
      pooled = against.max(zero).add(pooled);
    }
    return pooled;
  }
}
