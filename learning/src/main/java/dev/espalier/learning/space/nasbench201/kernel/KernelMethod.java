package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Map;

/** A way to compute the kernel of a network. One instance for a thread. */
public interface KernelMethod {

  /**
   * The kernel of a batch, in train mode: the images of a batch influence one another through the
   * batch statistics.
   *
   * @param parameters of the network by name, row-major; there may be more than are active
   * @param images {@code [b, c, size, size]}
   * @param betweenSteps run some tenths of a second apart at most; ends the measurement by throwing
   */
  Kernel kernel(
      KernelDefinition definition,
      Map<String, float[]> parameters,
      OperatorMask active,
      float[] images,
      int size,
      Runnable betweenSteps);

  /** The fastest method on a device; on processors the same for all, so that bits are the same. */
  static KernelMethod on(Torch torch, NetworkPlan plan) {
    return torch.isGpu() ? new TensorKernel(torch, plan) : new VectorKernel(plan);
  }
}
