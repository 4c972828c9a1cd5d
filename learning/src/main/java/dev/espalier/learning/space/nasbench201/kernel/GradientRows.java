package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.space.nasbench201.kernel.TensorKernel.Block;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/** Gradients on the device, {@code [weights, k]} for every parameter and block of rows. */
final class GradientRows implements AutoCloseable {
  private final List<List<Tensor>> blocks = new ArrayList<>();

  /** From here on gradients are those of the next block of rows. */
  void begin(Block block) {
    if (block.first() == 0 != blocks.isEmpty()) {
      throw new IllegalStateException("blocks of rows come in order");
    }
    blocks.add(new ArrayList<>());
  }

  /**
   * The gradients of some weights; in every block the same ones in the same order.
   *
   * @param gradients {@code [..., k]}
   */
  void add(Tensor gradients) {
    long[] shape = gradients.shape();
    blocks.getLast().add(gradients.reshape(-1, shape[shape.length - 1]).copy().keep());
  }

  /** The products of all rows with each other, summed in double precision. */
  Kernel kernel(Torch torch, int rows) {
    try (Scope _ = torch.inference()) {
      Tensor sum = torch.full(0, Precision.FLOAT64, rows, rows);
      for (int parameter = 0; parameter < blocks.getFirst().size(); parameter++) {
        try (Scope _ = torch.inference()) {
          int of = parameter;
          Tensor all =
              Ops.concatenate(blocks.stream().map(block -> block.get(of)).toList(), 1)
                  .to(Precision.FLOAT64); // [weights, k]
          sum.addInPlace(all.transpose(0, 1).matmul(all));
        }
      }
      return symmetric(sum.toDoubles(), rows);
    }
  }

  /** The engine does not promise the same bits on either side of the diagonal. */
  private static Kernel symmetric(double[] entries, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < row; column++) {
        entries[column * rows + row] = entries[row * rows + column];
      }
    }
    return new Kernel(rows, entries);
  }

  @Override
  public void close() {
    blocks.forEach(block -> block.forEach(Tensor::close));
  }
}
