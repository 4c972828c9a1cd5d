package dev.espalier.learning.predictor.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Scores many graphs. What a vertex hears in layer {@code l} depends on its surroundings alone, and
 * those repeat: of the 2.9 million vertices of all NAS-Bench-101 cells, 12,000 have different
 * states behind the first layer, and behind the second there are 900,000 different halves of states
 * (along the edges and against them). Only these are multiplied by the next layer's weights; a
 * state's product is the sum of its halves'.
 *
 * <p>Surroundings are told apart by 64-bit hashes: in a million of them two different ones are
 * taken for one with a probability below one in ten million. Sums go through a vertex's
 * surroundings in the order of their hashes, so that a graph gets the same bits whatever else is
 * scored.
 */
public final class ConvolutionScorer {
  private static final int CHUNK = 1024;
  private static final int MOST_ROWS = 1 << 15; // beyond that the processor waits for memory
  private static final int SHARE_OF_MEMORY = 4;

  private final int p;
  private final int layers;
  private final List<StateTable> along = new ArrayList<>();
  private final List<StateTable> against = new ArrayList<>();
  private final float[] kinds; // the first layer's weights side by side, [k, 2 p]
  private final float[] head; // [p]
  private final float lowering;
  private final int most;
  private final CellChunk chunk = new CellChunk();

  public ConvolutionScorer(ConvolutionWeights weights) {
    this(weights, mostRows(weights));
  }

  /**
   * @param most rows that a table may have before it is begun anew
   */
  ConvolutionScorer(ConvolutionWeights weights, int most) {
    LiftedWeights lifted = new LiftedWeights(weights);
    this.p = lifted.width;
    this.layers = weights.layers();
    this.kinds = new float[weights.kinds() * 2 * p];
    for (int kind = 0; kind < weights.kinds(); kind++) {
      System.arraycopy(lifted.of(0, 0), kind * p, kinds, kind * 2 * p, p);
      System.arraycopy(lifted.of(0, 1), kind * p, kinds, kind * 2 * p + p, p);
    }
    for (int layer = 1; layer < layers; layer++) {
      along.add(new StateTable(p, lifted.of(layer, 0), lifted.of(layer, 1)));
      against.add(new StateTable(p, lifted.of(layer, 0), lifted.of(layer, 1)));
    }
    this.head = lifted.head();
    this.lowering = lifted.lowering();
    this.most = most;
  }

  /** The two tables of each layer together take a part of Java's memory at most. */
  private static int mostRows(ConvolutionWeights weights) {
    long bytes = 2L * Float.BYTES * 2 * Blocks.wideColumns(weights.width()) * weights.layers();
    return Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / bytes, 1, MOST_ROWS);
  }

  /** One number for each graph, of each the same bits in every list. */
  public float[] score(int count, IntFunction<VertexGraph> graphs) {
    float[] scores = new float[count];
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      chunk.clear();
      for (int i = from; i < to; i++) {
        chunk.add(graphs.apply(i));
      }
      for (int layer = 0; layer + 1 < layers; layer++) {
        propagate(layer);
      }
      LastLayer last = new LastLayer(products(layers - 1), chunk, head);
      for (int i = 0; i < chunk.count(); i++) {
        scores[from + i] = last.score(i) * lowering;
      }
    }
    return scores;
  }

  /** Of the states before a layer with its weights. */
  private StateProducts products(int layer) {
    return layer == 0
        ? StateProducts.ofKinds(kinds, 2 * p, chunk)
        : StateProducts.ofStates(along.get(layer - 1), against.get(layer - 1), 2 * p, chunk);
  }

  /** From the states before a layer to those behind it. */
  private void propagate(int layer) {
    StateTable one = along.get(layer);
    StateTable other = against.get(layer);
    if (Math.max(one.count(), other.count()) > most) {
      one.clear();
      other.clear();
    }
    for (int i = 0; i < chunk.count(); i++) {
      chunk.makeKeys(i);
    }
    HeardStates heard = new HeardStates(products(layer), chunk);
    int[] rows = new int[2 * chunk.first(chunk.count())];
    // First all that are known, one right after another: most of the time goes by waiting for
    // memory.
    for (int v = 0; v < rows.length / 2; v++) {
      rows[2 * v] = one.find(chunk.alongKey(v));
      rows[2 * v + 1] = other.find(chunk.againstKey(v));
    }
    for (int i = 0; i < chunk.count(); i++) {
      for (int v = chunk.first(i); v < chunk.first(i + 1); v++) {
        if (rows[2 * v] < 0) {
          rows[2 * v] = along(one, heard, i, v);
        }
        if (rows[2 * v + 1] < 0) {
          rows[2 * v + 1] = against(other, heard, i, v);
        }
      }
    }
    one.multiply();
    other.multiply();
    for (int i = 0; i < chunk.count(); i++) {
      chunk.advance(i);
    }
    for (int v = 0; v < rows.length / 2; v++) {
      chunk.rows(v, rows[2 * v], rows[2 * v + 1]);
    }
  }

  /** The row of what a vertex hears along its edges, made unless an earlier one heard the same. */
  private int along(StateTable table, HeardStates heard, int index, int v) {
    int row = table.find(chunk.alongKey(v));
    if (row < 0) {
      row = table.add(chunk.alongKey(v));
      heard.along(index, v, table.states(), table.state(row));
    }
    return row;
  }

  private int against(StateTable table, HeardStates heard, int index, int v) {
    int row = table.find(chunk.againstKey(v));
    if (row < 0) {
      row = table.add(chunk.againstKey(v));
      heard.against(index, v, table.states(), table.state(row));
    }
    return row;
  }
}
