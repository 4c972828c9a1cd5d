package dev.espalier.learning.network;

import dev.espalier.search.random.RandomStream;

/**
 * How the weights of a fresh network are drawn, each parameter from a stream of its own.
 *
 * <p>The Kaiming variants (He et al. 2015) are normal with gain sqrt(2), for convolutions and the
 * linear matrix; addends are 0 and scales 1. The PyTorch default is uniform within 1 /
 * sqrt(fan-in), the linear bias included.
 */
public enum Initialization {
  KAIMING_FAN_OUT,
  KAIMING_FAN_IN,
  PYTORCH_DEFAULT;

  /** The values of one parameter. */
  public float[] draw(ParameterSpecification parameter, RandomStream stream) {
    return switch (parameter.kind()) {
      case SCALE -> parameter.constant(1);
      case SHIFT -> parameter.constant(0);
      case CONVOLUTION, MATRIX -> drawWeight(parameter, stream);
      case BIAS -> this == PYTORCH_DEFAULT ? uniform(parameter, stream) : parameter.constant(0);
    };
  }

  private float[] drawWeight(ParameterSpecification parameter, RandomStream stream) {
    return switch (this) {
      case KAIMING_FAN_OUT -> normal(parameter, parameter.fanOut(), stream);
      case KAIMING_FAN_IN -> normal(parameter, parameter.fanIn(), stream);
      case PYTORCH_DEFAULT -> uniform(parameter, stream);
    };
  }

  private static float[] normal(ParameterSpecification parameter, int fan, RandomStream stream) {
    float[] values = new float[parameter.size()];
    stream.fillGaussian(values, Math.sqrt(2.0 / fan));
    return values;
  }

  private static float[] uniform(ParameterSpecification parameter, RandomStream stream) {
    float[] values = new float[parameter.size()];
    double bound = 1 / Math.sqrt(parameter.fanIn());
    stream.fillUniform(values, -bound, bound);
    return values;
  }
}
