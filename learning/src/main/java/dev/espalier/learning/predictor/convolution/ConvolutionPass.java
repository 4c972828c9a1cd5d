package dev.espalier.learning.predictor.convolution;

import dev.espalier.learning.predictor.convolution.Blocks.Factor;
import dev.espalier.learning.predictor.convolution.Blocks.Panel;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The network of Wen et al. 2020 as published, forward and backward. A layer is {@code H' =
 * (relu(along H W1) + relu(against H W2)) / 2} with dropout behind it; the mean over the vertices
 * goes through a linear layer without activation, dropout, and another to one number.
 *
 * <p>All graphs of a batch are one matrix, and states are multiplied by the weights before they
 * travel: the sums that one vertex hears are short. In the first layer there is nothing to
 * multiply, a vertex of kind {@code k} has row {@code k} of the weights.
 */
public final class ConvolutionPass {
  private static final int[] OWN_ROWS = {};
  private static final double HALF = 0.5;

  /** Takes the gradient of each parameter, once a backward pass; the pass is done with it. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param parameter its place in {@link ConvolutionWeights#parameters}
     * @param gradient its numbers in the order of the parameter's, perhaps with more behind them;
     *     overwritten after the call
     */
    void take(int parameter, float[] gradient);
  }

  private final ConvolutionWeights weights;
  private final PackedWeights packed;
  private final GraphStack stack = new GraphStack();
  private final int layers;
  private final int p;
  private final int q;
  private final float[][] states; // of layer l's input, [r, p]; of layer 0 it is not needed
  private final float[][] heard; // after the activation, [r, 2 p]
  private final float[][] factors; // dropout and the mean of the two directions, [r, p]
  private float[] products = {}; // [r, 2 p]
  private float[] slopes = {}; // [r, p]
  private float[] pooled = {}; // [b, p]
  private float[] pooledSlopes = {};
  private float[] head = {}; // [b, q]
  private float[] headFactors = {};
  private float[] headSlopes = {};
  private final float[] gradient;
  private final float[] lastGradient;

  public ConvolutionPass(ConvolutionWeights weights) {
    this.weights = weights;
    this.packed = new PackedWeights(weights);
    this.layers = weights.layers();
    this.p = packed.width;
    this.q = packed.hidden;
    this.states = new float[layers + 1][];
    this.heard = new float[layers][];
    this.factors = new float[layers][];
    int rows = Blocks.rows(Math.max(Math.max(p, q), weights.kinds()));
    this.gradient = new float[rows * p];
    this.lastGradient = new float[q];
  }

  private void makeRoom() {
    int rows = Blocks.rows(stack.vertices());
    if (slopes.length < rows * p) {
      for (int layer = 0; layer < layers; layer++) {
        states[layer + 1] = new float[rows * p + Blocks.ROWS];
        heard[layer] = new float[rows * 2 * p];
        factors[layer] = new float[rows * p];
      }
      products = new float[rows * 2 * p];
      slopes = new float[rows * p];
    }
    int graphs = Blocks.rows(stack.graphs());
    if (pooled.length < graphs * p) {
      pooled = new float[graphs * p];
      pooledSlopes = new float[graphs * p];
      head = new float[graphs * q];
      headFactors = new float[graphs * q];
      headSlopes = new float[graphs * q + Blocks.ROWS];
    }
  }

  /** One number for each graph, with the weights as they are now. */
  public float[] forward(List<VertexGraph> graphs, Dropout dropout) {
    packed.pack();
    stack.put(graphs);
    makeRoom();
    int r = stack.vertices();
    for (int layer = 0; layer < layers; layer++) {
      if (layer == 0) {
        stack.along.gather(r, packed.of(0, 0), 0, p, stack.kinds, heard[0], 0, 2 * p, p);
        stack.against.gather(r, packed.of(0, 1), 0, p, stack.kinds, heard[0], p, 2 * p, p);
      } else {
        Factor x = Factor.rows(states[layer], p);
        Blocks.multiply(
            x, Panel.of(packed.of(layer, 0), p), new Panel(products, 0, 2 * p), r, p, p);
        Blocks.multiply(
            x, Panel.of(packed.of(layer, 1), p), new Panel(products, p, 2 * p), r, p, p);
        stack.along.gather(r, products, 0, 2 * p, OWN_ROWS, heard[layer], 0, 2 * p, p);
        stack.against.gather(r, products, p, 2 * p, OWN_ROWS, heard[layer], p, 2 * p, p);
      }
      dropout.fill(factors[layer], r * p, HALF);
      activate(heard[layer], factors[layer], states[layer + 1], r);
    }
    pool(states[layers]);
    int b = stack.graphs();
    Blocks.multiply(
        Factor.rows(pooled, p), Panel.of(packed.headTurned(), q), Panel.of(head, q), b, q, p);
    dropout.fill(headFactors, b * q, 1);
    float[] out = new float[b];
    for (int i = 0; i < b; i++) {
      for (int j = 0; j < q; j++) {
        head[i * q + j] *= headFactors[i * q + j];
        out[i] = Math.fma(head[i * q + j], packed.last()[j], out[i]);
      }
    }
    return out;
  }

  /** {@code heard = relu(heard); out = (both directions together) factors}. */
  private void activate(float[] both, float[] factor, float[] out, int rows) {
    FloatVector zero = FloatVector.zero(Blocks.SPECIES);
    for (int v = 0; v < rows; v++) {
      int from = v * 2 * p;
      int to = v * p;
      for (int j = 0; j < p; j += Blocks.LANES) {
        FloatVector along = FloatVector.fromArray(Blocks.SPECIES, both, from + j).max(zero);
        FloatVector against = FloatVector.fromArray(Blocks.SPECIES, both, from + p + j).max(zero);
        along.intoArray(both, from + j);
        against.intoArray(both, from + p + j);
        along
            .add(against)
            .mul(FloatVector.fromArray(Blocks.SPECIES, factor, to + j))
            .intoArray(out, to + j);
      }
    }
  }

  private void pool(float[] last) {
    Arrays.fill(pooled, 0);
    for (int b = 0; b < stack.graphs(); b++) {
      float share = 1f / (stack.first[b + 1] - stack.first[b]);
      for (int v = stack.first[b]; v < stack.first[b + 1]; v++) {
        for (int j = 0; j < p; j++) {
          pooled[b * p + j] += last[v * p + j];
        }
      }
      for (int j = 0; j < p; j++) {
        pooled[b * p + j] *= share;
      }
    }
  }

  /**
   * The gradients after {@link #forward}; each is taken as soon as nothing needs its parameter.
   *
   * @param outSlopes of the loss by the number of each graph
   */
  public void backward(float[] outSlopes, Sink sink) {
    int b = outSlopes.length;
    headBackward(outSlopes, b, sink);
    int r = stack.vertices();
    for (int i = 0; i < b; i++) {
      float share = 1f / (stack.first[i + 1] - stack.first[i]);
      for (int v = stack.first[i]; v < stack.first[i + 1]; v++) {
        for (int j = 0; j < p; j++) {
          slopes[v * p + j] = share * pooledSlopes[i * p + j];
        }
      }
    }
    for (int layer = layers - 1; layer >= 0; layer--) {
      activateBackward(heard[layer], factors[layer], r);
      stack.alongBack.gather(r, heard[layer], 0, 2 * p, OWN_ROWS, products, 0, 2 * p, p);
      stack.againstBack.gather(r, heard[layer], p, 2 * p, OWN_ROWS, products, p, 2 * p, p);
      for (int direction = 0; direction < 2; direction++) {
        if (layer == 0) {
          sumByKind(direction * p, r);
        } else {
          Blocks.multiply(
              Factor.columns(states[layer], p),
              new Panel(products, direction * p, 2 * p),
              Panel.of(gradient, p),
              p,
              p,
              r);
        }
        give(2 * layer + direction, gradient, sink);
      }
      if (layer > 0) {
        Blocks.multiply(
            Factor.rows(products, 2 * p),
            Panel.of(packed.turned(layer), p),
            Panel.of(slopes, p),
            r,
            p,
            2 * p);
      }
    }
  }

  private void give(int parameter, float[] wide, Sink sink) {
    sink.take(parameter, packed.narrow(parameter, wide));
  }

  private void headBackward(float[] outSlopes, int b, Sink sink) {
    Arrays.fill(lastGradient, 0);
    for (int i = 0; i < b; i++) {
      for (int j = 0; j < q; j++) {
        lastGradient[j] = Math.fma(outSlopes[i], head[i * q + j], lastGradient[j]);
        headSlopes[i * q + j] = outSlopes[i] * packed.last()[j] * headFactors[i * q + j];
      }
    }
    Blocks.multiply(
        Factor.rows(headSlopes, q), Panel.of(packed.head(), p), Panel.of(pooledSlopes, p), b, p, q);
    give(weights.last(), lastGradient, sink);
    Blocks.multiply(
        Factor.columns(headSlopes, q), Panel.of(pooled, p), Panel.of(gradient, p), q, p, b);
    give(weights.first(), gradient, sink);
  }

  /** Puts in the place of what was heard the slopes of it, where it was positive. */
  private void activateBackward(float[] both, float[] factor, int rows) {
    FloatVector zero = FloatVector.zero(Blocks.SPECIES);
    for (int v = 0; v < rows; v++) {
      int from = v * p;
      int to = v * 2 * p;
      for (int j = 0; j < p; j += Blocks.LANES) {
        FloatVector slope =
            FloatVector.fromArray(Blocks.SPECIES, slopes, from + j)
                .mul(FloatVector.fromArray(Blocks.SPECIES, factor, from + j));
        for (int at = to + j; at <= to + p + j; at += p) {
          VectorMask<Float> positive =
              FloatVector.fromArray(Blocks.SPECIES, both, at).compare(VectorOperators.GT, zero);
          zero.blend(slope, positive).intoArray(both, at);
        }
      }
    }
  }

  private void sumByKind(int at, int rows) {
    Arrays.fill(gradient, 0, weights.kinds() * p, 0);
    for (int v = 0; v < rows; v++) {
      int to = stack.kinds[v] * p;
      int from = v * 2 * p + at;
      for (int j = 0; j < p; j++) {
        gradient[to + j] += products[from + j];
      }
    }
  }
}
