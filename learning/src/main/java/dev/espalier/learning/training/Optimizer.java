package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Tensor;
import java.util.List;

/** How parameters follow their gradients. What it remembers from step to step is explicit. */
public interface Optimizer extends AutoCloseable {
  /** The leaves that it trains. */
  List<Tensor> parameters();

  /** One step; the gradients, in the order of the parameters, are used up. */
  void step(List<Tensor> gradients, double rate);

  /**
   * All that its next steps depend on besides the parameters and the number of steps done: {@code
   * momentum.weight} is the momentum of the parameter {@code weight}.
   */
  List<NamedArray> memory();

  @Override
  void close();

  /** What an optimiser remembers when it begins. */
  @FunctionalInterface
  interface Memory {
    /** It remembers nothing yet. */
    Memory NONE = (name, size) -> new float[size];

    /** The array that {@link #memory} gave under this name, row-major. */
    float[] values(String name, int size);
  }
}
