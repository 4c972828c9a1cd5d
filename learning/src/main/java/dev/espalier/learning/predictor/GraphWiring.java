package dev.espalier.learning.predictor;

import java.util.Arrays;
import java.util.List;

/**
 * The distinct vertices of a batch's graphs, and how messages pass between them.
 *
 * <p>Vertices with the same features and the same senders always have the same state. So all marked
 * operations of a place are one row here, and all operations that are not marked, of all graphs,
 * are one more: {@code states + places} rows a graph and one that they share, instead of a row for
 * every vertex. Nothing is approximated.
 *
 * <p>Every vertex has two edges to itself (the graph's diagonal, and one that the published
 * convolution adds), and an edge from {@code u} to {@code v} weighs {@code (d_u d_v)^-1/2}, with
 * {@code d} the number of outgoing edges, both loops included.
 */
final class GraphWiring {
  private static final int LOOPS = 2;

  private final GraphLayout layout;
  private final int rows;
  private final float[] outDegree;
  private final float[] keep;
  private final int[][] senders;
  private final float[][] shares;
  private final int[][] rowOfVertex;

  GraphWiring(GraphLayout layout, List<EncodedArchitecture> batch) {
    this.layout = layout;
    this.rows = rows(layout, batch.size());
    this.outDegree = new float[rows];
    this.keep = new float[rows];
    this.senders = new int[rows][0];
    this.shares = new float[rows][0];
    this.rowOfVertex = new int[batch.size()][layout.vertices()];
    for (int graph = 0; graph < batch.size(); graph++) {
      wire(graph, batch.get(graph));
    }
    keep[rows - 1] = kept(0);
  }

  /** Rows of so many graphs. */
  static int rows(GraphLayout layout, int graphs) {
    return graphs * (layout.states() + layout.places().size()) + 1;
  }

  /** Rows in the order of the vertices: a state, then the places that leave it. */
  private void wire(int graph, EncodedArchitecture architecture) {
    List<GraphLayout.Place> places = layout.places();
    int[] degrees = new int[layout.states()];
    for (int place = 0; place < places.size(); place++) {
      degrees[places.get(place).source()] += architecture.count(place);
    }
    int[] rowOfState = new int[layout.states()];
    int row = graph * (layout.states() + places.size());
    int place = 0;
    for (int state = 0; state < layout.states(); state++) {
      rowOfState[state] = row;
      rowOfVertex[graph][layout.vertexOfState(state)] = row;
      vertex(row++, degrees[state]);
      for (; place < places.size() && places.get(place).source() == state; place++) {
        vertex(row, 1);
        send(rowOfState[state], row, weight(degrees[state], 1));
        for (int i = 0; i < layout.operations(); i++) {
          rowOfVertex[graph][layout.vertexOf(place, i)] =
              architecture.has(place, i) ? row : rows - 1;
        }
        row++;
      }
    }
    for (int i = 0; i < places.size(); i++) {
      int target = places.get(i).target();
      int sender = rowOfState[places.get(i).source()] + 1 + i - first(i);
      send(
          sender,
          rowOfState[target],
          architecture.count(i) * weight(1, degrees[target])); // a message from each operation
    }
  }

  /** The first place with the same source. */
  private int first(int place) {
    int first = place;
    while (first > 0
        && layout.places().get(first - 1).source() == layout.places().get(place).source()) {
      first--;
    }
    return first;
  }

  private void vertex(int row, int degree) {
    outDegree[row] = degree;
    keep[row] = kept(degree);
  }

  private void send(int from, int to, float weight) {
    int count = senders[to].length;
    senders[to] = Arrays.copyOf(senders[to], count + 1);
    shares[to] = Arrays.copyOf(shares[to], count + 1);
    senders[to][count] = from;
    shares[to][count] = weight;
  }

  /** Of an edge between vertices with so many edges to others. */
  static float weight(int fromDegree, int toDegree) {
    return (float) (1 / Math.sqrt((double) (fromDegree + LOOPS) * (toDegree + LOOPS)));
  }

  /** What a vertex keeps of its own state in its message. */
  static float kept(int degree) {
    return LOOPS * weight(degree, degree);
  }

  int rows() {
    return rows;
  }

  /** Edges to other vertices: the first of the three features; the others are 1. */
  float outDegree(int row) {
    return outDegree[row];
  }

  /** The row that stands for a vertex of a graph. */
  int row(int graph, int vertex) {
    return rowOfVertex[graph][vertex];
  }

  /** What arrives at each row: {@code messages[r] = sum of weights times states}. */
  void send(float[][] states, float[][] messages) {
    for (int r = 0; r < rows; r++) {
      float[] message = messages[r];
      Kernels.scale(message, states[r], keep[r], message.length);
      for (int i = 0; i < senders[r].length; i++) {
        Kernels.addScaled(message, states[senders[r][i]], shares[r][i], message.length);
      }
    }
  }

  /** Adds to the states' gradients what the gradients of the messages come to. */
  void sendBackward(float[][] messages, float[][] states) {
    for (int r = 0; r < rows; r++) {
      float[] message = messages[r];
      Kernels.addScaled(states[r], message, keep[r], message.length);
      for (int i = 0; i < senders[r].length; i++) {
        Kernels.addScaled(states[senders[r][i]], message, shares[r][i], message.length);
      }
    }
  }
}
