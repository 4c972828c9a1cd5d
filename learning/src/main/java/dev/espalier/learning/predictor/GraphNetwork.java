package dev.espalier.learning.predictor;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The predictor of NAS_with_GNN_predictor (github.com/eric8607242), after Fan et al., "Learning to
 * Identify High Betweenness Centrality Nodes from Scratch", CIKM 2019.
 *
 * <p>A vertex begins with a linear map of (out-degree, 1, 1); in every block it receives a
 * normalised sum of messages and takes one step of a gated recurrent unit. The elementwise maximum
 * over the blocks, all vertices one after another, goes through two linear layers and a sigmoid.
 *
 * <p>Letters: {@code b} batch, {@code r} distinct vertices (see {@link GraphWiring}), {@code v}
 * vertices, {@code e} embedding, {@code h} hidden.
 */
final class GraphNetwork implements PredictorNetwork {
  private static final int FEATURES = 3;
  private static final int CHUNK = 2;

  private final GraphLayout layout;
  private final int vertices;
  private final int embedding;
  private final int hidden;
  private final List<Matrix> matrices = new ArrayList<>();
  private final Matrix first; // [3, e]
  private final Matrix firstBias; // [1, e]
  private final List<RecurrentCell> blocks = new ArrayList<>();
  private final Matrix head; // [h, v e]
  private final Matrix headBias; // [1, h]
  private final Matrix last; // [1, h]
  private final Matrix lastBias; // [1, 1]
  private Pass pass;

  /** With all weights zero. */
  GraphNetwork(GraphLayout layout, int embedding, int hidden, int blocks) {
    this.layout = layout;
    this.vertices = layout.vertices();
    this.embedding = embedding;
    this.hidden = hidden;
    this.first = matrix("e.first.weight", FEATURES, embedding, true);
    this.firstBias = matrix("e.first.bias", 1, embedding, false);
    for (int i = 0; i < blocks; i++) {
      String name = "e.layers.%d.gru.".formatted(i);
      this.blocks.add(
          new RecurrentCell(
              matrix(name + "weight_ih_l0", embedding, 3 * embedding, true),
              matrix(name + "weight_hh_l0", embedding, 3 * embedding, true),
              matrix(name + "bias_ih_l0", 1, 3 * embedding, false),
              matrix(name + "bias_hh_l0", 1, 3 * embedding, false)));
    }
    this.head = matrix("predictor.0.weight", hidden, vertices * embedding, false);
    this.headBias = matrix("predictor.0.bias", 1, hidden, false);
    this.last = matrix("predictor.2.weight", 1, hidden, false);
    this.lastBias = matrix("predictor.2.bias", 1, 1, false);
    this.pass = new Pass(1);
  }

  private Matrix matrix(String name, int rows, int columns, boolean transposed) {
    Matrix matrix = Matrix.zeros(matrices.size(), name, rows, columns, transposed);
    matrices.add(matrix);
    return matrix;
  }

  /** PyTorch's default: uniform within one over the root of the inputs. */
  void initialize(RandomStream stream) {
    for (Matrix matrix : matrices) {
      int inputs =
          matrix == first || matrix == firstBias
              ? FEATURES
              : matrix == head || matrix == headBias
                  ? vertices * embedding
                  : matrix == last || matrix == lastBias ? hidden : embedding;
      matrix.fill(1 / Math.sqrt(inputs), stream);
    }
  }

  @Override
  public List<Matrix> matrices() {
    return Collections.unmodifiableList(matrices);
  }

  GraphLayout layout() {
    return layout;
  }

  int embedding() {
    return embedding;
  }

  int hidden() {
    return hidden;
  }

  List<RecurrentCell> blocks() {
    return blocks;
  }

  Matrix head() {
    return head;
  }

  Matrix headBias() {
    return headBias;
  }

  /** The state that a vertex with so many edges to others begins with, {@code [e]}. */
  void embed(float outDegree, float[] state) {
    float[][] rows = first.rows();
    System.arraycopy(firstBias.rows()[0], 0, state, 0, embedding);
    Kernels.addScaled(state, rows[0], outDegree, embedding);
    Kernels.addScaled(state, rows[1], 1, embedding);
    Kernels.addScaled(state, rows[2], 1, embedding);
    Kernels.leaky(state);
  }

  /** From the second linear layer's input (in place, before its activation) to the accuracy. */
  double accuracy(float[] hiddenRow) {
    Kernels.leaky(hiddenRow);
    return Kernels.logistic(Kernels.dot(last.rows()[0], hiddenRow) + lastBias.rows()[0][0]);
  }

  /** Everything of one forward pass, and buffers for its backward pass. */
  final class Pass {
    final List<RecurrentCell.Trace> traces = new ArrayList<>();
    final float[][] embedded; // [r, e]
    final float[][] maximum; // [r, e]
    final int[][] block; // [r, e]: the block that the maximum is from
    final float[][] flat; // [b, v e]
    final float[][] hiddenRows; // [b, h]
    final double[] predictions; // [b]
    final float[][] flatGradient;
    final float[][] hiddenGradient;
    final float[][] hiddenColumns; // [h, b]
    final float[][] headGradient = new float[CHUNK][vertices * embedding];
    final float[][] maximumGradient;
    final float[][] nextGradient;
    final float[][] messageGradient;
    final float[][] stateGradient;
    final float[] narrow = new float[embedding];
    final float[] wide = new float[hidden];
    final RecurrentCell.Scratch scratch;
    final RecurrentCell.BackwardScratch backwardScratch;

    Pass(int batch) {
      int rows = GraphWiring.rows(layout, batch);
      for (int i = 0; i < blocks.size(); i++) {
        traces.add(new RecurrentCell.Trace(rows, embedding));
      }
      embedded = new float[rows][embedding];
      maximum = new float[rows][embedding];
      block = new int[rows][embedding];
      flat = new float[batch][vertices * embedding];
      hiddenRows = new float[batch][hidden];
      predictions = new double[batch];
      flatGradient = new float[batch][vertices * embedding];
      hiddenGradient = new float[batch][hidden];
      hiddenColumns = new float[hidden][batch];
      maximumGradient = new float[rows][embedding];
      nextGradient = new float[rows][embedding];
      messageGradient = new float[rows][embedding];
      stateGradient = new float[rows][embedding];
      scratch = new RecurrentCell.Scratch(rows, embedding);
      backwardScratch = new RecurrentCell.BackwardScratch(rows, embedding);
    }

    void forward(GraphWiring wiring, int batch) {
      int rows = wiring.rows();
      for (int r = 0; r < rows; r++) {
        embed(wiring.outDegree(r), embedded[r]);
      }
      float[][] states = embedded;
      for (int i = 0; i < traces.size(); i++) {
        RecurrentCell.Trace trace = traces.get(i);
        wiring.send(states, trace.message);
        for (int r = 0; r < rows; r++) {
          System.arraycopy(states[r], 0, trace.state[r], 0, embedding);
        }
        blocks.get(i).forward(trace, scratch, rows);
        states = trace.next;
        for (int r = 0; r < rows; r++) {
          keepLargest(states[r], i, maximum[r], block[r]);
        }
      }
      for (int b = 0; b < batch; b++) {
        for (int v = 0; v < vertices; v++) {
          System.arraycopy(maximum[wiring.row(b, v)], 0, flat[b], v * embedding, embedding);
        }
        for (int j = 0; j < hidden; j++) {
          hiddenRows[b][j] = headBias.rows()[0][j] + Kernels.dot(head.rows()[j], flat[b]);
        }
        predictions[b] = accuracy(hiddenRows[b]);
      }
    }

    private static void keepLargest(float[] states, int from, float[] maximum, int[] block) {
      for (int j = 0; j < states.length; j++) {
        boolean larger = from == 0 || states[j] > maximum[j];
        maximum[j] = larger ? states[j] : maximum[j];
        block[j] = larger ? from : block[j];
      }
    }

    void backward(GraphWiring wiring, double[] targets, RowStep step) {
      int batch = targets.length;
      int rows = wiring.rows();
      headBackward(batch, targets, step);
      for (float[] row : maximumGradient) {
        Arrays.fill(row, 0);
      }
      for (int b = 0; b < batch; b++) {
        for (int v = 0; v < vertices; v++) {
          System.arraycopy(flatGradient[b], v * embedding, narrow, 0, embedding);
          Kernels.addScaled(maximumGradient[wiring.row(b, v)], narrow, 1, embedding);
        }
      }
      for (float[] row : stateGradient) {
        Arrays.fill(row, 0);
      }
      for (int i = traces.size() - 1; i >= 0; i--) {
        for (int r = 0; r < rows; r++) {
          route(maximumGradient[r], block[r], i, stateGradient[r], nextGradient[r]);
        }
        blocks
            .get(i)
            .backward(
                traces.get(i),
                backwardScratch,
                rows,
                nextGradient,
                messageGradient,
                stateGradient,
                step);
        wiring.sendBackward(messageGradient, stateGradient);
      }
      firstBackward(wiring, step);
    }

    /** What comes from later blocks, and from the maximum where it was this block's. */
    private static void route(
        float[] maximum, int[] block, int here, float[] later, float[] gradient) {
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] = later[j] + (block[j] == here ? maximum[j] : 0);
      }
    }

    private void headBackward(int batch, double[] targets, RowStep step) {
      float[] lastGradient = new float[hidden];
      float[] lastBiasGradient = new float[1];
      float[] biasGradient = new float[hidden];
      for (int b = 0; b < batch; b++) {
        double p = predictions[b];
        float logit = (float) (2 * (p - targets[b]) / batch * p * (1 - p));
        Kernels.addScaled(lastGradient, hiddenRows[b], logit, hidden);
        lastBiasGradient[0] += logit;
        Kernels.scale(hiddenGradient[b], last.rows()[0], logit, hidden);
        Kernels.leakyBackward(hiddenRows[b], hiddenGradient[b]);
        Kernels.addScaled(biasGradient, hiddenGradient[b], 1, hidden);
        Arrays.fill(flatGradient[b], 0);
      }
      Kernels.multiplyAdd(
          hiddenGradient, head.rows(), flatGradient, batch, hidden, vertices * embedding);
      Kernels.transpose(hiddenGradient, hiddenColumns, batch, hidden);
      float[][] columns = new float[CHUNK][];
      for (int from = 0; from < hidden; from += CHUNK) {
        int count = Math.min(CHUNK, hidden - from);
        for (int j = 0; j < count; j++) {
          Arrays.fill(headGradient[j], 0);
          columns[j] = hiddenColumns[from + j];
        }
        Kernels.multiplyAdd(columns, flat, headGradient, count, batch, vertices * embedding);
        for (int j = 0; j < count; j++) {
          step.row(head, from + j, headGradient[j]);
        }
      }
      step.row(headBias, 0, biasGradient);
      step.row(last, 0, lastGradient);
      step.row(lastBias, 0, lastBiasGradient);
    }

    private void firstBackward(GraphWiring wiring, RowStep step) {
      float[] byDegree = new float[embedding];
      float[] bias = new float[embedding];
      for (int r = 0; r < wiring.rows(); r++) {
        Kernels.leakyBackward(embedded[r], stateGradient[r]);
        Kernels.addScaled(byDegree, stateGradient[r], wiring.outDegree(r), embedding);
        Kernels.addScaled(bias, stateGradient[r], 1, embedding);
      }
      step.row(first, 0, byDegree);
      step.row(first, 1, bias); // its feature is 1, as the bias's
      step.row(first, 2, bias);
      step.row(firstBias, 0, bias);
    }
  }

  /** One forward pass; valid until the next. */
  Pass forward(List<EncodedArchitecture> batch, GraphWiring wiring) {
    if (pass.flat.length < batch.size()) {
      pass = new Pass(batch.size());
    }
    pass.forward(wiring, batch.size());
    return pass;
  }

  @Override
  public double step(List<EncodedArchitecture> batch, double[] targets, RowStep step) {
    GraphWiring wiring = new GraphWiring(layout, batch);
    Pass done = forward(batch, wiring);
    double loss = 0;
    for (int b = 0; b < targets.length; b++) {
      double error = done.predictions[b] - targets[b];
      loss += error * error / targets.length;
    }
    done.backward(wiring, targets, step);
    return loss;
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return scorer().predict(architectures);
  }

  /** Predicts with the weights as they are now, for as long as they stay. */
  interface Scorer {
    double[] predict(List<EncodedArchitecture> architectures);
  }

  Scorer scorer() {
    return layout.isChain() ? new GraphScorer(this)::predict : this::predictOneByOne;
  }

  private double[] predictOneByOne(List<EncodedArchitecture> architectures) {
    double[] predictions = new double[architectures.size()];
    for (int i = 0; i < predictions.length; i++) {
      List<EncodedArchitecture> one = List.of(architectures.get(i));
      predictions[i] = forward(one, new GraphWiring(layout, one)).predictions[0];
    }
    return predictions;
  }

  @Override
  public Model model() {
    return new GraphModel(this);
  }
}
