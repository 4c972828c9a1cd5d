package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adam (Kingma and Ba 2015) as PyTorch defines it, with its betas of 0.9 and 0.999: {@code m += 0.1
 * (g - m); s = 0.999 s + 0.001 g^2; w -= rate m / (1 - 0.9^t) / (sqrt(s) / sqrt(1 - 0.999^t) +
 * 1e-8)} in step {@code t} from 1. The means {@code m} and {@code s} begin with zeros, or where a
 * checkpoint left them.
 */
public final class Adam implements Optimizer {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** How weights are pulled towards zero. */
  public enum Decay {
    /** By the gradient, {@code g += decay w}: what PyTorch's Adam calls weight decay. */
    L2,
    /** Beside the gradient, {@code w -= rate decay w}: AdamW (Loshchilov and Hutter 2019). */
    DECOUPLED
  }

  private final Torch torch;
  private final Decay decay;
  private final double weightDecay;
  private final List<Tensor> parameters;
  private final OptimizerMemory means;
  private final OptimizerMemory squares;
  private long steps;

  /**
   * @param parameters the leaves to train, by name
   * @param weightDecay how strongly; 0 for none
   * @param steps steps that were taken before
   */
  public Adam(
      Torch torch,
      SequencedMap<String, Tensor> parameters,
      Decay decay,
      double weightDecay,
      long steps,
      Optimizer.Memory from) {
    this.torch = torch;
    this.decay = decay;
    this.weightDecay = weightDecay;
    this.parameters = List.copyOf(parameters.values());
    this.means = new OptimizerMemory(torch, "means", parameters, from);
    this.squares = new OptimizerMemory(torch, "squares", parameters, from);
    this.steps = steps;
  }

  @Override
  public List<Tensor> parameters() {
    return parameters;
  }

  @Override
  public void step(List<Tensor> gradients, double rate) {
    if (torch.isGpu() || gradients.getFirst().precision() != Precision.FLOAT32) {
      byTensors(gradients, rate);
    } else {
      inMemory(gradients, rate);
    }
  }

  /** {@code sqrt(1 - 0.999^t)}. */
  private double root() {
    return Math.sqrt(1 - StrictMath.pow(BETA_2, (double) steps));
  }

  /** {@code -rate / (1 - 0.9^t)}. */
  private double stride(double rate) {
    return -rate / (1 - StrictMath.pow(BETA_1, (double) steps));
  }

  private void inMemory(List<Tensor> gradients, double rate) {
    steps++;
    boolean coupled = decay == Decay.L2;
    AdamKernel kernel =
        new AdamKernel(
            (float) (1 - BETA_1),
            (float) BETA_2,
            (float) (1 - BETA_2),
            (float) EPSILON,
            coupled ? 1 : (float) (1 - rate * weightDecay),
            coupled ? (float) weightDecay : 0,
            (float) root(),
            (float) stride(rate));
    List<Tensor> first = means.tensors();
    List<Tensor> second = squares.tensors();
    boolean exact = ExactRoots.of(torch);
    for (int i = 0; i < parameters.size(); i++) {
      MemorySegment weights = parameters.get(i).memory();
      MemorySegment mean = first.get(i).memory();
      MemorySegment square = second.get(i).memory();
      if (exact) {
        kernel.step(weights, gradients.get(i).memory(), mean, square);
        continue;
      }
      kernel.moments(weights, gradients.get(i).memory(), mean, square);
      try (Scope _ = torch.inference()) {
        kernel.byRoots(weights, mean, second.get(i).sqrt().memory());
      }
    }
  }

  /** On any device, in any precision. */
  void byTensors(List<Tensor> gradients, double rate) {
    steps++;
    Precision precision = gradients.getFirst().precision();
    List<Tensor> first = means.tensors();
    List<Tensor> second = squares.tensors();
    try (Scope _ = torch.inference()) {
      Tensor toMean = torch.full(1 - BETA_1, precision);
      Tensor keep = torch.full(BETA_2, precision);
      Tensor toSquare = torch.full(1 - BETA_2, precision);
      Tensor epsilon = torch.full(EPSILON, precision);
      Tensor root = torch.full(root(), precision);
      Tensor stride = torch.full(stride(rate), precision);
      Tensor l2 = torch.full(weightDecay, precision);
      Tensor remaining = torch.full(1 - rate * weightDecay, precision);
      for (int i = 0; i < parameters.size(); i++) {
        Tensor parameter = parameters.get(i);
        Tensor gradient = gradients.get(i);
        if (weightDecay > 0) {
          switch (decay) {
            case L2 -> gradient.addInPlace(parameter.multiply(l2));
            case DECOUPLED -> parameter.multiplyInPlace(remaining);
          }
        }
        Tensor square = gradient.square();
        square.multiplyInPlace(toSquare);
        second.get(i).multiplyInPlace(keep);
        second.get(i).addInPlace(square);
        gradient.subtractInPlace(first.get(i));
        gradient.multiplyInPlace(toMean);
        first.get(i).addInPlace(gradient);
        Tensor scale = second.get(i).sqrt();
        scale.divideInPlace(root);
        scale.addInPlace(epsilon);
        Tensor step = first.get(i).divide(scale);
        step.multiplyInPlace(stride);
        parameter.addInPlace(step);
        square.close(); // large parameters need their memory at once
        scale.close();
        step.close();
      }
    }
  }

  @Override
  public List<NamedArray> memory() {
    List<NamedArray> arrays = new ArrayList<>(means.arrays());
    arrays.addAll(squares.arrays());
    return arrays;
  }

  @Override
  public void close() {
    means.close();
    squares.close();
  }
}
