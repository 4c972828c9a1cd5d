package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** The last layer, the mean over the vertices, and the head: from states to a number. */
final class LastLayer {
  private static final float HALF = 0.5f;

  private final StateProducts places;
  private final CellChunk chunk;
  private final float[] head; // [p]
  private final float[] pooled; // [p]
  private final int p;
  private float[] products = {}; // of all vertices of a graph, [v, 2 p]
  private int[] targetFrom = new int[1];
  private int[] sourceFrom = new int[1];
  private float[] ownShare = {};
  private float[] alongScale = {};
  private int[] next = {};
  private int[] target = {};
  private int[] source = {};
  private float[] share = {};
  private @Nullable VertexGraph linked; // whose edges these are

  LastLayer(StateProducts places, CellChunk chunk, float[] head) {
    this.places = places;
    this.chunk = chunk;
    this.head = head;
    this.p = head.length;
    this.pooled = new float[p];
  }

  float score(int index) {
    VertexGraph graph = chunk.graph(index);
    int n = graph.vertices();
    collect(index);
    if (linked == null || !graph.hasEdgesOf(linked)) {
      makeRoom(n, graph.edges());
      linkTargets(graph);
      linkSources(graph, chunk.first(index));
      linked = graph;
    }
    for (int j = 0; j < p; j += Blocks.WIDE_COLUMNS) {
      poolBlock(n, j);
    }
    FloatVector sum = FloatVector.zero(Blocks.SPECIES);
    for (int j = 0; j < p; j += Blocks.LANES) {
      sum =
          FloatVector.fromArray(Blocks.SPECIES, pooled, j)
              .fma(FloatVector.fromArray(Blocks.SPECIES, head, j), sum);
    }
    float total = 0; // lane by lane, so that it is the same on every processor
    for (int lane = 0; lane < Blocks.LANES; lane++) {
      total += sum.lane(lane);
    }
    return total / n;
  }

  private void makeRoom(int vertices, int edges) {
    if (ownShare.length < vertices) {
      targetFrom = new int[vertices + 1];
      sourceFrom = new int[vertices + 1];
      ownShare = new float[vertices];
      alongScale = new float[vertices];
      next = new int[vertices];
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
    int room = (chunk.first(index + 1) - first) * 2 * p;
    if (products.length < room) {
      products = new float[room];
    }
    for (int v = first; v < chunk.first(index + 1); v++) {
      places.locate(0, v);
      float[] one = places.onePage[0];
      float[] other = places.otherPage[0];
      int oneAt = places.onePlace[0];
      int otherAt = places.otherPlace[0];
      int to = (v - first) * 2 * p;
      for (int j = 0; j < 2 * p; j += Blocks.WIDE_LANES) {
        FloatVector.fromArray(Blocks.WIDE, one, oneAt + j)
            .add(FloatVector.fromArray(Blocks.WIDE, other, otherAt + j))
            .intoArray(products, to + j);
      }
    }
  }

  /** Whom each vertex hears along its edges, in the order of the edges. */
  private void linkTargets(VertexGraph graph) {
    int n = graph.vertices();
    Arrays.fill(targetFrom, 0, n + 1, 0);
    for (int i = 0; i < graph.edges(); i++) {
      targetFrom[VertexGraph.source(graph.edgeAt(i)) + 1]++;
    }
    for (int v = 0; v < n; v++) {
      alongScale[v] = HALF / (1 + targetFrom[v + 1]);
      targetFrom[v + 1] += targetFrom[v];
    }
    System.arraycopy(targetFrom, 0, next, 0, n);
    for (int i = 0; i < graph.edges(); i++) {
      int edge = graph.edgeAt(i);
      target[next[VertexGraph.source(edge)]++] = VertexGraph.target(edge) * 2 * p;
    }
  }

  /** Whom it hears against them, and how much of each. */
  private void linkSources(VertexGraph graph, int first) {
    int n = graph.vertices();
    Arrays.fill(sourceFrom, 0, n + 1, 0);
    for (int i = 0; i < graph.edges(); i++) {
      sourceFrom[VertexGraph.target(graph.edgeAt(i)) + 1]++;
    }
    for (int v = 0; v < n; v++) {
      sourceFrom[v + 1] += sourceFrom[v];
    }
    System.arraycopy(sourceFrom, 0, next, 0, n);
    for (int i = 0; i < graph.edges(); i++) {
      int from = VertexGraph.source(graph.edgeAt(i));
      int at = next[VertexGraph.target(graph.edgeAt(i))]++;
      source[at] = from * 2 * p + p;
      share[at] = chunk.share(first + from);
    }
    for (int v = 0; v < n; v++) {
      float sum = chunk.share(first + v);
      for (int i = sourceFrom[v]; i < sourceFrom[v + 1]; i++) {
        sum += share[i];
      }
      float scale = HALF / sum;
      for (int i = sourceFrom[v]; i < sourceFrom[v + 1]; i++) {
        share[i] *= scale;
      }
      ownShare[v] = chunk.share(first + v) * scale;
    }
  }

  /** The sum of what the vertices hear, columns {@code j} and on. */
  private void poolBlock(int n, int j) {
    FloatVector zero = FloatVector.zero(Blocks.WIDE);
    FloatVector sum = zero;
    FloatVector sumNext = zero;
    FloatVector sumLast = zero;
    for (int v = 0; v < n; v++) {
      int own = v * 2 * p + j;
      FloatVector s = load(own);
      FloatVector t = load(own + Blocks.WIDE_LANES);
      FloatVector u = load(own + 2 * Blocks.WIDE_LANES);
      for (int i = targetFrom[v]; i < targetFrom[v + 1]; i++) {
        s = s.add(load(target[i] + j));
        t = t.add(load(target[i] + j + Blocks.WIDE_LANES));
        u = u.add(load(target[i] + j + 2 * Blocks.WIDE_LANES));
      }
      FloatVector scale = FloatVector.broadcast(Blocks.WIDE, alongScale[v]);
      sum = s.max(zero).fma(scale, sum);
      sumNext = t.max(zero).fma(scale, sumNext);
      sumLast = u.max(zero).fma(scale, sumLast);
      scale = FloatVector.broadcast(Blocks.WIDE, ownShare[v]);
      s = load(own + p).mul(scale);
      t = load(own + p + Blocks.WIDE_LANES).mul(scale);
      u = load(own + p + 2 * Blocks.WIDE_LANES).mul(scale);
      for (int i = sourceFrom[v]; i < sourceFrom[v + 1]; i++) {
        scale = FloatVector.broadcast(Blocks.WIDE, share[i]);
        s = load(source[i] + j).fma(scale, s);
        t = load(source[i] + j + Blocks.WIDE_LANES).fma(scale, t);
        u = load(source[i] + j + 2 * Blocks.WIDE_LANES).fma(scale, u);
      }
      sum = s.max(zero).add(sum);
      sumNext = t.max(zero).add(sumNext);
      sumLast = u.max(zero).add(sumLast);
    }
    sum.intoArray(pooled, j);
    sumNext.intoArray(pooled, j + Blocks.WIDE_LANES);
    sumLast.intoArray(pooled, j + 2 * Blocks.WIDE_LANES);
  }

  private FloatVector load(int at) {
    return FloatVector.fromArray(Blocks.WIDE, products, at);
  }
}
