package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;

/**
 * How many channels each vertex of a cell has, as the benchmark's program shares them out: those
 * that lead to the output are put side by side there, so each has a part of the output's channels;
 * what cannot be shared out evenly goes to the first of them. Another vertex has as many as the
 * widest that reads it, and is cut off where a reader has fewer.
 */
public final class GraphWidths {
  /** With fewer some cells have a vertex without any: up to four share the output's. */
  public static final int LEAST_CHANNELS = 4;

  private final int[] widths;

  /**
   * @param in channels that the input has
   * @param out channels that the output is to have
   * @throws InvalidInput if there are not enough
   */
  public GraphWidths(GraphCell cell, int in, int out) {
    int output = cell.output();
    widths = new int[cell.vertices()];
    int side = sideBySide(cell);
    if (out < side) {
      throw new InvalidInput(
          "%d channels cannot be shared out among %d vertices of %s: use at least %d"
              .formatted(out, side, cell.canonical(), LEAST_CHANNELS));
    }
    int shared = 0;
    for (int vertex = output - 1; vertex > 0; vertex--) {
      if (cell.hasEdge(vertex, output)) {
        widths[vertex] = out / side + (side - 1 - shared < out % side ? 1 : 0);
        shared++;
      } else {
        for (int reader = vertex + 1; reader < output; reader++) {
          if (cell.hasEdge(vertex, reader)) {
            widths[vertex] = Math.max(widths[vertex], widths[reader]);
          }
        }
      }
    }
    widths[0] = in;
    widths[output] = out;
  }

  /** The number of operations whose outputs are put side by side. */
  public static int sideBySide(GraphCell cell) {
    return (int) cell.sources(cell.output()).stream().filter(source -> source > 0).count();
  }

  public int of(int vertex) {
    return widths[vertex];
  }
}
