package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.function.Consumer;

/** A network's named convolutions and batch normalisations, in one phase. */
public record Layers(
    NetworkTensors tensors, Phase phase, Consumer<Tensor> activations, DropPath dropPath) {
  public static final double MOMENTUM = 0.1;
  public static final double EPSILON = 1e-5;

  /** All paths stay. */
  public Layers(NetworkTensors tensors, Phase phase, Consumer<Tensor> activations) {
    this(tensors, phase, activations, DropPath.NONE);
  }

  public Tensor parameter(String name) {
    return tensors.parameter(name);
  }

  public boolean has(String name) {
    return tensors.parameters().containsKey(name);
  }

  public Tensor convolve(Tensor x, String weight, int stride) {
    return Ops.convolution(x, parameter(weight), stride);
  }

  public Tensor normalize(Tensor x, String prefix) {
    return switch (phase) {
      case TRAIN -> normalize(x, prefix, true);
      case EVALUATE -> normalize(x, prefix, false);
      case UNNORMALIZED -> x;
    };
  }

  private Tensor normalize(Tensor x, String prefix, boolean training) {
    return Ops.batchNorm(x, tensors.normalization(prefix), training, MOMENTUM, EPSILON);
  }

  /** Convolution and batch norm of an input that is rectified already. */
  public Tensor convolveNormalize(Tensor rectified, String prefix, int stride) {
    return normalize(convolve(rectified, prefix + ".op.1.weight", stride), prefix + ".op.2");
  }

  /** Shows the output of a ReLU to whoever looks at activations. */
  public Tensor observed(Tensor activation) {
    activations.accept(activation);
    return activation;
  }

  public Tensor zeros(Tensor like) {
    return tensors.torch().full(0, like.precision(), like.shape());
  }
}
