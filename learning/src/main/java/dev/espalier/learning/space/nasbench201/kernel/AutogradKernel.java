package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.ntk.GraphKernel;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Arrays;
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
      return GraphKernel.of(
          torch, definition, logits, network.leaves(active), precision, betweenSteps);
    }
  }

  private Tensor batch(float[] images, long... shape) {
    if (precision == Precision.FLOAT32) {
      return torch.buffer(images, shape);
    }
    double[] wide = new double[images.length];
    Arrays.setAll(wide, i -> images[i]);
    return torch.buffer(wide, shape);
  }
}
