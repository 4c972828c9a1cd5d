package dev.espalier.learning.ntk;

import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Gradients.Graph;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The kernel row by row, as the published program computes it: one forward pass, then one backward
 * pass a row over the same graph. Slow, plain, on any device and in either precision: the judge of
 * the other methods.
 *
 * <p>Addends (batch norm shifts, the linear bias) are not weights: no gradient is computed for
 * them.
 */
public final class AutogradKernel implements KernelMethod {
  private final Torch torch;
  private final NetworkPlan plan;
  private final Precision precision;

  /** In single precision. */
  public AutogradKernel(Torch torch, NetworkPlan plan) {
    this(torch, plan, Precision.FLOAT32);
  }

  AutogradKernel(Torch torch, NetworkPlan plan, Precision precision) {
    this.torch = torch;
    this.plan = plan;
    this.precision = precision;
  }

  @Override
  public Kernel kernel(
      KernelDefinition definition,
      Map<String, float[]> parameters,
      OperatorMask active,
      float[] images,
      int size,
      Runnable betweenSteps) {
    int count = images.length / (plan.imageChannels() * size * size);
    try (Network network =
            new Network(
                torch,
                plan,
                active,
                ParameterSource.known(parameters),
                precision,
                parameter -> parameter.kind().isWeight());
        Tensor batch = batch(images, count, plan.imageChannels(), size, size);
        Scope _ = torch.recording()) {
      Tensor logits = network.forwardMerged(batch, active); // [b, k]
      return ofGraph(torch, definition, logits, network.leaves(active), precision, betweenSteps);
    }
  }

  /**
   * The kernel of any network whose forward pass was recorded.
   *
   * @param logits {@code [b, k]}
   * @param weights the leaves that count
   * @param betweenSteps run before each backward pass; ends the measurement by throwing
   */
  public static Kernel ofGraph(
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

  private Tensor batch(float[] images, long... shape) {
    if (precision == Precision.FLOAT32) {
      return torch.buffer(images, shape);
    }
    double[] wide = new double[images.length];
    Arrays.setAll(wide, i -> images[i]);
    return torch.buffer(wide, shape);
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
