package dev.espalier.learning.predictor;

import java.util.Arrays;

/**
 * One step of a gated recurrent unit, as PyTorch's {@code GRU}: gates in the order reset, update,
 * new; separate input and hidden biases.
 *
 * <p>Letters: {@code r} rows (distinct vertices), {@code e} embedding.
 *
 * @param input {@code [e, 3 e]}
 * @param hidden {@code [e, 3 e]}
 * @param inputBias {@code [1, 3 e]}
 * @param hiddenBias {@code [1, 3 e]}
 */
record RecurrentCell(Matrix input, Matrix hidden, Matrix inputBias, Matrix hiddenBias) {
  /** Rows whose gradients are made together, so that they stay in the nearest cache. */
  private static final int CHUNK = 8;

  /** What a backward pass needs of a forward pass; each {@code [r, e]}. */
  static final class Trace {
    final float[][] message;
    final float[][] state;
    final float[][] reset;
    final float[][] update;
    final float[][] candidate;
    final float[][] hiddenCandidate;
    final float[][] next;

    Trace(int rows, int embedding) {
      message = new float[rows][embedding];
      state = new float[rows][embedding];
      reset = new float[rows][embedding];
      update = new float[rows][embedding];
      candidate = new float[rows][embedding];
      hiddenCandidate = new float[rows][embedding];
      next = new float[rows][embedding];
    }
  }

  /** Buffers of the forward pass. */
  static final class Scratch {
    final float[][] fromMessage;
    final float[][] fromState;
    final float[] wide;

    Scratch(int rows, int embedding) {
      fromMessage = new float[rows][3 * embedding];
      fromState = new float[rows][3 * embedding];
      wide = new float[3 * embedding];
    }
  }

  /** Buffers of the backward pass. */
  static final class BackwardScratch {
    final float[][] toMessage;
    final float[][] toState;
    final float[][] weight;
    final float[][] columns;
    final float[][] gradients;
    final float[][] narrow;

    BackwardScratch(int rows, int embedding) {
      toMessage = new float[rows][3 * embedding];
      toState = new float[rows][3 * embedding];
      weight = new float[3 * embedding][embedding];
      columns = new float[embedding][rows];
      gradients = new float[CHUNK][3 * embedding];
      narrow = new float[3][embedding];
    }
  }

  int embedding() {
    return input.rows().length;
  }

  /** Computes {@code next} from {@code message} and {@code state}. */
  void forward(Trace trace, Scratch scratch, int rows) {
    int e = embedding();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(inputBias.rows()[0], 0, scratch.fromMessage[r], 0, 3 * e);
      System.arraycopy(hiddenBias.rows()[0], 0, scratch.fromState[r], 0, 3 * e);
    }
    Kernels.multiplyAdd(trace.message, input.rows(), scratch.fromMessage, rows, e, 3 * e);
    Kernels.multiplyAdd(trace.state, hidden.rows(), scratch.fromState, rows, e, 3 * e);
    for (int r = 0; r < rows; r++) {
      gates(
          scratch.fromMessage[r],
          scratch.fromState[r],
          scratch.wide,
          trace.reset[r],
          trace.update[r],
          trace.candidate[r]);
      System.arraycopy(scratch.fromState[r], 2 * e, trace.hiddenCandidate[r], 0, e);
      blend(trace.next[r], trace.candidate[r], trace.update[r], trace.state[r]);
    }
  }

  /** Loops that read several arrays at one place; what lies elsewhere is copied there first. */
  private static void gates(
      float[] fromMessage,
      float[] fromState,
      float[] wide,
      float[] reset,
      float[] update,
      float[] candidate) {
    int e = reset.length;
    for (int j = 0; j < 2 * e; j++) {
      wide[j] = Kernels.sigmoid(fromMessage[j] + fromState[j]);
    }
    System.arraycopy(wide, 0, reset, 0, e);
    System.arraycopy(wide, e, update, 0, e);
    System.arraycopy(reset, 0, wide, 2 * e, e);
    for (int j = 2 * e; j < 3 * e; j++) {
      wide[j] = Kernels.tanh(Math.fma(wide[j], fromState[j], fromMessage[j]));
    }
    System.arraycopy(wide, 2 * e, candidate, 0, e);
  }

  private static void blend(float[] next, float[] candidate, float[] update, float[] state) {
    for (int j = 0; j < next.length; j++) {
      next[j] = Math.fma(update[j], state[j] - candidate[j], candidate[j]);
    }
  }

  /**
   * The backward pass of one {@link #forward}.
   *
   * @param next gradient of {@code next}, {@code [r, e]}
   * @param message becomes the gradient of {@code message}
   * @param state becomes the gradient of {@code state}
   */
  void backward(
      Trace trace,
      BackwardScratch scratch,
      int rows,
      float[][] next,
      float[][] message,
      float[][] state,
      RowStep step) {
    int e = embedding();
    float[][] narrow = scratch.narrow;
    for (int r = 0; r < rows; r++) {
      gatesBackward(
          next[r],
          trace.reset[r],
          trace.update[r],
          trace.candidate[r],
          trace.hiddenCandidate[r],
          trace.state[r],
          narrow[0],
          narrow[1],
          narrow[2],
          state[r]);
      System.arraycopy(narrow[0], 0, scratch.toMessage[r], 0, e);
      System.arraycopy(narrow[1], 0, scratch.toMessage[r], e, e);
      System.arraycopy(narrow[2], 0, scratch.toMessage[r], 2 * e, e);
      System.arraycopy(scratch.toMessage[r], 0, scratch.toState[r], 0, 2 * e);
      for (int j = 0; j < e; j++) {
        narrow[2][j] *= trace.reset[r][j];
      }
      System.arraycopy(narrow[2], 0, scratch.toState[r], 2 * e, e);
      Arrays.fill(message[r], 0);
    }
    Kernels.transpose(input.rows(), scratch.weight, e, 3 * e);
    Kernels.multiplyAdd(scratch.toMessage, scratch.weight, message, rows, 3 * e, e);
    Kernels.transpose(hidden.rows(), scratch.weight, e, 3 * e);
    Kernels.multiplyAdd(scratch.toState, scratch.weight, state, rows, 3 * e, e);
    weights(input, inputBias, trace.message, scratch.toMessage, scratch, rows, step);
    weights(hidden, hiddenBias, trace.state, scratch.toState, scratch, rows, step);
  }

  private static void gatesBackward(
      float[] next,
      float[] reset,
      float[] update,
      float[] candidate,
      float[] hiddenCandidate,
      float[] state,
      float[] toReset,
      float[] toUpdate,
      float[] toCandidate,
      float[] toState) {
    for (int j = 0; j < next.length; j++) {
      float inner = next[j] * (1 - update[j]) * (1 - candidate[j] * candidate[j]);
      toCandidate[j] = inner;
      toReset[j] = inner * hiddenCandidate[j] * reset[j] * (1 - reset[j]);
      toUpdate[j] = next[j] * (state[j] - candidate[j]) * update[j] * (1 - update[j]);
      toState[j] = next[j] * update[j];
    }
  }

  private static void weights(
      Matrix weight,
      Matrix bias,
      float[][] x,
      float[][] gradient,
      BackwardScratch scratch,
      int rows,
      RowStep step) {
    int e = weight.rows().length;
    Kernels.transpose(x, scratch.columns, rows, e);
    float[][] chunk = scratch.gradients;
    float[][] columns = new float[CHUNK][];
    for (int from = 0; from < e; from += CHUNK) {
      int count = Math.min(CHUNK, e - from);
      for (int i = 0; i < count; i++) {
        Arrays.fill(chunk[i], 0);
        columns[i] = scratch.columns[from + i];
      }
      Kernels.multiplyAdd(columns, gradient, chunk, count, rows, 3 * e);
      for (int i = 0; i < count; i++) {
        step.row(weight, from + i, chunk[i]);
      }
    }
    Arrays.fill(chunk[0], 0);
    for (int r = 0; r < rows; r++) {
      Kernels.addScaled(chunk[0], gradient[r], 1, 3 * e);
    }
    step.row(bias, 0, chunk[0]);
  }
}
