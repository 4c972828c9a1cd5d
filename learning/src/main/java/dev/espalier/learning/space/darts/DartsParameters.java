package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.ParameterSpecification;
import java.util.ArrayList;
import java.util.List;

/** Parameters of the layers that DARTS cells are made of; names follow the published programs. */
record DartsParameters(List<ParameterSpecification> list) {
  DartsParameters() {
    this(new ArrayList<>());
  }

  void convolution(String name, int out, int in, int kernel) {
    list.add(ParameterSpecification.convolution(name, out, in, kernel));
  }

  void norm(String prefix, int channels) {
    list.add(ParameterSpecification.scale(prefix + ".weight", channels));
    list.add(ParameterSpecification.shift(prefix + ".bias", channels));
  }

  void linear(String prefix, int out, int in) {
    list.add(ParameterSpecification.matrix(prefix + ".weight", out, in));
    list.add(ParameterSpecification.bias(prefix + ".bias", out, in));
  }

  /** ReLU, 1x1 convolution and batch norm: {@code op.0}, {@code op.1} and {@code op.2}. */
  void convolutionAndNorm(String prefix, int in, int out) {
    convolution(prefix + ".op.1.weight", out, in, 1);
    norm(prefix + ".op.2", out);
  }

  /** ReLU, every channel by itself, all of them pixel by pixel, batch norm. */
  void separable(String prefix, int channels, int kernel) {
    convolution(prefix + ".op.1.weight", channels, 1, kernel);
    convolution(prefix + ".op.2.weight", channels, channels, 1);
    norm(prefix + ".op.3", channels);
  }

  /** Half of the channels from the even pixels, the rest from the odd ones; batch norm. */
  void reduction(String prefix, int in, int out) {
    if (out > 1) {
      convolution(prefix + ".convs.0.weight", out / 2, in, 1);
    }
    convolution(prefix + ".convs.1.weight", out - out / 2, in, 1);
    norm(prefix + ".bn", out);
  }
}
