package dev.espalier.learning.predictor;

import java.util.List;

/**
 * The distinct vertices of a batch's graphs, and how messages pass between them.
 *
 * <p>Vertices with the same features and the same senders always have the same state. So all
 * selected operations of a layer are one row here, and all operations that are not selected, of all
 * graphs, are one more: {@code 2 layers + 1} rows a graph and one that they share, instead of
 * {@code layers (operations + 1) + 1} vertices. Nothing is approximated.
 *
 * <p>Every vertex has two edges to itself (the graph's diagonal, and one that the published
 * convolution adds), and an edge from {@code u} to {@code v} weighs {@code (d_u d_v)^-1/2}, with
 * {@code d} the number of outgoing edges, both loops included.
 */
final class Wiring {
  private static final int LOOPS = 2;

  private final int layers;
  private final int operations;
  private final int rows;
  private final float[] outDegree;
  private final float[] keep;
  private final int[] sender;
  private final float[] share;
  private final int[][] rowOfVertex;

  Wiring(int layers, int operations, List<boolean[]> batch) {
    this.layers = layers;
    this.operations = operations;
    this.rows = batch.size() * (2 * layers + 1) + 1;
    this.outDegree = new float[rows];
    this.keep = new float[rows];
    this.sender = new int[rows];
    this.share = new float[rows];
    this.rowOfVertex = new int[batch.size()][layers * (operations + 1) + 1];
    for (int graph = 0; graph < batch.size(); graph++) {
      wire(graph, batch.get(graph));
    }
    vertex(rows - 1, 0, -1, 0);
  }

  private void wire(int graph, boolean[] bits) {
    int first = graph * (2 * layers + 1);
    int before = 0;
    for (int layer = 0; layer <= layers; layer++) {
      int selected = layer < layers ? selected(bits, layer, operations) : 0;
      int input = first + 2 * layer;
      vertex(
          input,
          selected,
          layer == 0 ? -1 : input - 1,
          before * weight(1, selected)); // one message from each selected operation
      rowOfVertex[graph][layer * (operations + 1)] = input;
      if (layer < layers) {
        vertex(input + 1, 1, input, weight(selected, 1));
        for (int i = 0; i < operations; i++) {
          rowOfVertex[graph][layer * (operations + 1) + 1 + i] =
              bits[layer * operations + i] ? input + 1 : rows - 1;
        }
      }
      before = selected;
    }
  }

  private void vertex(int row, int degree, int from, float weight) {
    outDegree[row] = degree;
    keep[row] = LOOPS * weight(degree, degree);
    sender[row] = from;
    share[row] = weight;
  }

  static int selected(boolean[] bits, int layer, int operations) {
    int selected = 0;
    for (int i = layer * operations; i < (layer + 1) * operations; i++) {
      selected += bits[i] ? 1 : 0;
    }
    return selected;
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
      if (sender[r] >= 0) {
        Kernels.addScaled(message, states[sender[r]], share[r], message.length);
      }
    }
  }

  /** Adds to the states' gradients what the gradients of the messages come to. */
  void sendBackward(float[][] messages, float[][] states) {
    for (int r = 0; r < rows; r++) {
      float[] message = messages[r];
      Kernels.addScaled(states[r], message, keep[r], message.length);
      if (sender[r] >= 0) {
        Kernels.addScaled(states[sender[r]], message, share[r], message.length);
      }
    }
  }
}
