package dev.espalier.learning.ntk;

import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Gradients.Graph;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel of any network row by row, as the published program computes it: one backward pass a
 * row over the graph of one forward pass.
 */
public final class GraphKernel {
  private GraphKernel() {}

  /**
   * The kernel of any network whose forward pass was recorded.
   *
   * @param logits {@code [b, k]}
   * @param weights the leaves that count
   * @param betweenSteps run before each backward pass; ends the measurement by throwing
   */
  public static Kernel of(
      Torch torch,
      KernelDefinition definition,
      Tensor logits,
      List<Tensor> weights,
      Precision precision,
      Runnable betweenSteps) {
    int classes = Math.toIntExact(logits.dimension(1));
    return switch (definition) {
      case SUMMED -> rows(torch, logits, weights, 1, precision, betweenSteps).kernel();
      case TRACE ->
          rows(torch, logits, weights, classes, precision, betweenSteps).kernel().meanOf(classes);
      case FULL -> rows(torch, logits, weights, classes, precision, betweenSteps).kernel();
    };
  }

  /**
   * Gradients of the logits.
   *
   * @param logits {@code [b, k]}
   * @param parts rows an image: 1 for the sum of its logits, {@code k} for each by itself
   */
  private static JacobianRows rows(
      Torch torch,
      Tensor logits,
      List<Tensor> weights,
      int parts,
      Precision precision,
      Runnable betweenSteps) {
    int count = Math.toIntExact(logits.dimension(0));
    int classes = Math.toIntExact(logits.dimension(1));
    int width = weights.stream().mapToInt(Tensor::size).sum();
    double[] rows = new double[Math.multiplyExact(count * parts, width)];
    for (int row = 0; row < count * parts; row++) {
      betweenSteps.run();
      double[] cotangent = new double[count * classes];
      int first = row / parts * classes + row % parts;
      Arrays.fill(cotangent, first, first + classes / parts, 1);
      try (Scope _ = torch.inference()) {
        Tensor upstream = torch.tensor(cotangent, count, classes).to(precision);
        Gradients.intoRow(logits, upstream, weights, Graph.KEEP, rows, row * width);
      }
    }
    return new JacobianRows(count * parts, width, rows);
  }
}
