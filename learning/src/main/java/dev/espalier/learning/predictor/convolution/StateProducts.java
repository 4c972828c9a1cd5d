package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the products of some vertices' states are, {@code [2 p]} each: the sum of two rows, one of
 * what the state has from along the edges and one of what it has from against them.
 */
final class StateProducts {
  private final @Nullable StateTable along;
  private final @Nullable StateTable against;
  private final float[] kinds;
  private final float[] zeros;
  private final CellChunk chunk;
  float[][] onePage = new float[16][];
  int[] onePlace = new int[16];
  float[][] otherPage = new float[16][];
  int[] otherPlace = new int[16];
  final int width; // 2 p

  private StateProducts(
      @Nullable StateTable along,
      @Nullable StateTable against,
      float[] kinds,
      int width,
      CellChunk chunk) {
    this.along = along;
    this.against = against;
    this.kinds = kinds;
    this.zeros = new float[width];
    this.width = width;
    this.chunk = chunk;
  }

  /** Before all layers a state is a kind: its product is a row of the weights. */
  static StateProducts ofKinds(float[] kinds, int width, CellChunk chunk) {
    return new StateProducts(null, null, kinds, width, chunk);
  }

  static StateProducts ofStates(StateTable along, StateTable against, int width, CellChunk chunk) {
    return new StateProducts(along, against, new float[0], width, chunk);
  }

  /** Puts the place of a vertex's product at this position. */
  void locate(int position, int vertex) {
    if (position == onePage.length) {
      onePage = Arrays.copyOf(onePage, 2 * position);
      onePlace = Arrays.copyOf(onePlace, 2 * position);
      otherPage = Arrays.copyOf(otherPage, 2 * position);
      otherPlace = Arrays.copyOf(otherPlace, 2 * position);
    }
    int one = chunk.along(vertex);
    if (along == null || against == null) {
      onePage[position] = kinds;
      onePlace[position] = one * width;
      otherPage[position] = zeros;
      otherPlace[position] = 0;
    } else {
      int other = chunk.against(vertex);
      onePage[position] = along.page(one);
      onePlace[position] = along.place(one);
      otherPage[position] = against.page(other);
      otherPlace[position] = against.place(other);
    }
  }
}
