package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;

/**
 * Some graphs, their vertices one after another, with what is known of each vertex: a hash of all
 * that its state depends on, and which rows of the tables its state is made of.
 */
final class CellChunk {
  private static final long EVEN = 0x9E37_79B9_7F4A_7C15L;

  private int[] first = new int[1];
  private VertexGraph[] graphs = {};
  private int count;
  private long[] before = {};
  private long[] alongKey = {};
  private long[] againstKey = {};
  private int[] outDegree = {};
  private int[] along = {};
  private int[] against = {};

  void clear() {
    count = 0;
  }

  void add(VertexGraph graph) {
    if (count == graphs.length) {
      graphs = Arrays.copyOf(graphs, Math.max(16, 2 * count));
      first = Arrays.copyOf(first, graphs.length + 1);
    }
    int from = first[count];
    int to = from + graph.vertices();
    if (to > before.length) {
      int room = Math.max(64, 2 * to);
      before = Arrays.copyOf(before, room);
      alongKey = Arrays.copyOf(alongKey, room);
      againstKey = Arrays.copyOf(againstKey, room);
      outDegree = Arrays.copyOf(outDegree, room);
      along = Arrays.copyOf(along, room);
      against = Arrays.copyOf(against, room);
    }
    graphs[count++] = graph;
    first[count] = to;
    Arrays.fill(outDegree, from, to, 0);
    for (int i = 0; i < graph.edges(); i++) {
      outDegree[from + VertexGraph.source(graph.edgeAt(i))]++;
    }
    for (int v = from; v < to; v++) {
      along[v] = graph.kind(v - from);
      before[v] = mixed(EVEN * (along[v] + 1L) + outDegree[v]);
    }
  }

  int count() {
    return count;
  }

  VertexGraph graph(int index) {
    return graphs[index];
  }

  /** Where the vertices of a graph begin. */
  int first(int index) {
    return first[index];
  }

  /** What each that hears a vertex along its edges hears of it, itself among them. */
  float share(int vertex) {
    return 1f / (1 + outDegree[vertex]);
  }

  /** The hash of a vertex's present state. */
  long hash(int vertex) {
    return before[vertex];
  }

  /** The row of what its present state has from along the edges; before all layers, its kind. */
  int along(int vertex) {
    return along[vertex];
  }

  /** The row of what it has from against the edges. */
  int against(int vertex) {
    return against[vertex];
  }

  void rows(int vertex, int alongRow, int againstRow) {
    along[vertex] = alongRow;
    against[vertex] = againstRow;
  }

  /** The key of what a vertex hears along its edges: the states of its targets, and its own. */
  long alongKey(int vertex) {
    return alongKey[vertex];
  }

  /** The key of what it hears against them. */
  long againstKey(int vertex) {
    return againstKey[vertex];
  }

  /** Makes the keys of one more layer from the present states. */
  void makeKeys(int index) {
    VertexGraph graph = graphs[index];
    int from = first[index];
    for (int v = from; v < first[index + 1]; v++) {
      alongKey[v] = before[v];
      againstKey[v] = before[v];
    }
    for (int i = 0; i < graph.edges(); i++) {
      int source = from + VertexGraph.source(graph.edgeAt(i));
      int target = from + VertexGraph.target(graph.edgeAt(i));
      alongKey[source] += before[target];
      againstKey[target] += before[source];
    }
    for (int v = from; v < first[index + 1]; v++) {
      alongKey[v] = mixed(alongKey[v]);
      againstKey[v] = mixed(againstKey[v] + EVEN);
    }
  }

  /** Goes on to the states of these keys. */
  void advance(int index) {
    for (int v = first[index]; v < first[index + 1]; v++) {
      before[v] = mixed(alongKey[v] * EVEN + againstKey[v]);
    }
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3, as in SplitMix64. */
  private static long mixed(long x) {
    long z = (x ^ x >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }
}
