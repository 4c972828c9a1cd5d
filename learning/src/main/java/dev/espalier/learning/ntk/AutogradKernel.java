package dev.espalier.learning.ntk;

import dev.espalier.learning.network.Network;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Gradients.Graph;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Arrays;
import java.util.List;

/**
 * The empirical neural tangent kernel as TE-NAS defines it: entry {@code [i, j]} is the inner
 * product of two gradients with respect to all weights, the gradient of the sum of image {@code
 * i}'s logits and that of image {@code j}'s. The network runs in train mode, so the images of a
 * batch influence one another through the batch statistics.
 *
 * <p>One forward pass, then one backward pass an image over the same graph. Addends (batch norm
 * shifts, the linear bias) are not weights: no gradient is computed for them.
 */
public final class AutogradKernel {
  private AutogradKernel() {}

  /**
   * The gradients of every image of a batch.
   *
   * @param network whose weights are leaves
   * @param active operators that are executed
   * @param images {@code [b, c, h, w]}, not owned by a scope of this method
   * @param betweenImages run before each image's backward pass; ends the measurement by throwing
   */
  public static JacobianRows rows(
      Torch torch, Network network, OperatorMask active, Tensor images, Runnable betweenImages) {
    List<Tensor> weights = network.leaves(active);
    int count = Math.toIntExact(images.dimension(0));
    int width = weights.stream().mapToInt(Tensor::size).sum();
    float[] rows = new float[Math.multiplyExact(count, width)];
    try (Scope _ = torch.recording()) {
      Tensor logits = network.forwardMerged(images, active); // [b, k]
      int classes = Math.toIntExact(logits.dimension(1));
      for (int image = 0; image < count; image++) {
        betweenImages.run();
        try (Scope _ = torch.inference()) {
          Tensor cotangent = torch.tensor(onlyRow(image, count, classes), count, classes);
          Gradients.intoRow(logits, cotangent, weights, Graph.KEEP, rows, image * width);
        }
      }
    }
    return new JacobianRows(count, width, rows);
  }

  private static float[] onlyRow(int row, int rows, int columns) {
    float[] values = new float[rows * columns];
    Arrays.fill(values, row * columns, (row + 1) * columns, 1);
    return values;
  }
}
