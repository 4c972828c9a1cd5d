package dev.espalier.learning.space.nasbench201.kernel;

/**
 * A convolution with batch normalisation that reads a rectified map: it adds {@code share * (scale
 * * normalised + shift)} to its target.
 *
 * <p>Letters: {@code c} input channels, {@code o} outputs.
 */
final class Convolution {
  final int target;
  final int taps;
  final int inputs;
  final int outputs;
  final float[] weight; // [o, c, tap]
  final float[] scale; // [o]
  final float[] shift; // [o]
  final double share;
  final int weightRow;
  final int scaleRow;
  final double[] mean; // [o]
  final double[] deviation; // [o]
  final float[] means; // [c, tap, o]: sum_p x[p + tap, c] normalised[p, o]

  /** Of the block of rows at hand, {@code [o, lane]}: what the batch's mean takes away. */
  float[] meanTerm = {};

  /** Of the block of rows at hand, {@code [o, lane]}: what the batch's deviation takes away. */
  float[] deviationTerm = {};

  /**
   * @param target number of the node it adds to
   * @param names of its parameters
   */
  Convolution(int target, Names names, int inputs, int outputs, double share, Wiring wiring) {
    this.target = target;
    this.inputs = inputs;
    this.outputs = outputs;
    this.share = share;
    this.weight = wiring.parameter(names.weight);
    this.scale = wiring.parameter(names.scale);
    this.shift = wiring.parameter(names.shift);
    this.taps = weight.length / (inputs * outputs);
    this.weightRow = wiring.jacobian().allocate(weight.length);
    this.scaleRow = wiring.jacobian().allocate(outputs);
    this.mean = new double[outputs];
    this.deviation = new double[outputs];
    this.means = new float[inputs * taps * outputs];
  }

  /** What a convolution and its batch normalisation are called. */
  record Names(String weight, String scale, String shift) {
    static final Names STEM = new Names("stem.0.weight", "stem.1.weight", "stem.1.bias");

    /** Of a ReLU, a convolution and a batch normalisation in a row. */
    static Names of(String prefix) {
      return new Names(prefix + ".op.1.weight", prefix + ".op.2.weight", prefix + ".op.2.bias");
    }
  }

  /** How strongly an output moves with its convolution's: {@code share * scale / deviation}. */
  double gain(int output) {
    return share * scale[output] / deviation[output];
  }

  float weight(int output, int input, int tap) {
    return weight[(output * inputs + input) * taps + tap];
  }
}
