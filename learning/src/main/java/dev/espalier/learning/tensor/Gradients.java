package dev.espalier.learning.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Backward passes.
 *
 * <p>Every call starts from zero gradients (the engine would add to those of the pass before), and
 * hands out copies (the engine would overwrite them in the next pass). DJL's {@code
 * GradientCollector} is not used: it allows one per process and leaves the gradient mode on when it
 * throws.
 */
public final class Gradients {
  /** What becomes of the graph after the pass. */
  public enum Graph {
    KEEP,
    FREE
  }

  private Gradients() {}

  /** Gradients of a number with respect to the leaves, each in the shape of its leaf. */
  public static List<Tensor> of(Tensor loss, List<Tensor> leaves) {
    return of(loss, loss.torch().full(1, loss.precision(), loss.shape()), leaves, Graph.FREE);
  }

  /**
   * A step whose gradient is computed by hand.
   *
   * @param input recorded
   * @param output a leaf, the first of what was recorded after it
   * @param gradient from the output's gradient to the input's, each in the shape of its tensor
   */
  public record Step(Tensor input, Tensor output, UnaryOperator<Tensor> gradient) {}

  /**
   * Gradients of a number through steps that are computed by hand.
   *
   * @param steps in the order in which they were made
   */
  public static List<Tensor> of(Tensor loss, List<Step> steps, List<Tensor> leaves) {
    Scope scope = Scope.current();
    backward(loss, loss.torch().full(1, loss.precision(), loss.shape()), leaves, Graph.FREE);
    for (Step step : steps.reversed()) {
      @Nullable PtNDArray gradient = JniUtils.getGradient(step.output().array());
      if (gradient != null) {
        Tensor cotangent = step.gradient().apply(scope.own(gradient));
        JniUtils.backward(step.input().array(), cotangent.array(), false, false);
      }
    }
    return gradients(leaves);
  }

  /**
   * Gradients of the inner product of {@code output} and {@code cotangent}; zero where the graph
   * does not reach a leaf.
   *
   * @param cotangent the shape of {@code output}
   */
  public static List<Tensor> of(Tensor output, Tensor cotangent, List<Tensor> leaves, Graph graph) {
    backward(output, cotangent, leaves, graph);
    return gradients(leaves);
  }

  private static List<Tensor> gradients(List<Tensor> leaves) {
    Scope scope = Scope.current();
    List<Tensor> gradients = new ArrayList<>(leaves.size());
    for (Tensor leaf : leaves) {
      @Nullable PtNDArray gradient = JniUtils.getGradient(leaf.array());
      if (gradient == null) {
        gradients.add(leaf.torch().full(0, leaf.precision(), leaf.shape()));
      } else {
        try (gradient) {
          gradients.add(scope.own(detachedCopy(gradient)));
        }
      }
    }
    return gradients;
  }

  /**
   * Like {@link #of(Tensor, Tensor, List, Graph)}, written one after another to {@code row} from
   * {@code offset} on: a row of the Jacobian.
   */
  public static void intoRow(
      Tensor output, Tensor cotangent, List<Tensor> leaves, Graph graph, double[] row, int offset) {
    Torch torch = output.torch();
    backward(output, cotangent, leaves, graph);
    try (Scope scope = torch.inference()) {
      List<Tensor> parts = new ArrayList<>(leaves.size());
      for (Tensor leaf : leaves) {
        @Nullable PtNDArray gradient = JniUtils.getGradient(leaf.array());
        Tensor part =
            gradient == null ? torch.full(0, leaf.precision(), leaf.shape()) : scope.own(gradient);
        parts.add(part.reshape(-1));
      }
      double[] values = Ops.concatenate(parts, 0).toDoubles();
      System.arraycopy(values, 0, row, offset, values.length);
    }
  }

  private static void backward(Tensor output, Tensor cotangent, List<Tensor> leaves, Graph graph) {
    if (!output.isRecorded()) {
      throw new IllegalStateException(
          "nothing was recorded for this output: compute it from leaves inside try (Scope _ ="
              + " torch.recording())");
    }
    for (Tensor leaf : leaves) {
      JniUtils.zeroGrad(leaf.array());
    }
    JniUtils.backward(output.array(), cotangent.array(), graph == Graph.KEEP, false);
  }

  private static PtNDArray detachedCopy(PtNDArray gradient) {
    try (PtNDArray detached = JniUtils.detachGradient(gradient)) {
      return JniUtils.clone(detached);
    }
  }
}
