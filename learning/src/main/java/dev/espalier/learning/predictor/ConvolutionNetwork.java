package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.convolution.ConvolutionPass;
import dev.espalier.learning.predictor.convolution.ConvolutionWeights;
import dev.espalier.learning.predictor.convolution.ConvolutionWeights.Parameter;
import dev.espalier.learning.predictor.convolution.Dropout;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * The predictor of Wen et al. 2020 ("Neural Predictor for Neural Architecture Search", ECCV) with
 * its training, as published: see {@link ConvolutionPass} and {@link CosineRegimen}.
 *
 * <p>Each matrix is one row, with all its numbers in PyTorch's order.
 */
final class ConvolutionNetwork implements PredictorNetwork {
  private final ConvolutionTask task;
  private final TargetScale scale;
  private final ConvolutionSettings settings;
  private final Function<String, RandomStream> random;
  private final List<Parameter> parameters;
  private final List<Matrix> matrices = new ArrayList<>();
  private final ConvolutionWeights weights;
  private final ConvolutionPass pass;
  private Dropout dropout;

  /** With all weights zero; {@code random} gives the stream of a purpose. */
  ConvolutionNetwork(
      ConvolutionTask task,
      TargetScale scale,
      ConvolutionSize size,
      ConvolutionSettings settings,
      Function<String, RandomStream> random) {
    this.task = task;
    this.scale = scale;
    this.settings = settings;
    this.random = random;
    this.parameters = size.parameters();
    for (Parameter parameter : parameters) {
      matrices.add(Matrix.zeros(matrices.size(), parameter.name(), 1, parameter.size(), false));
    }
    this.weights =
        new ConvolutionWeights(
            size.kinds(),
            size.width(),
            size.hidden(),
            size.layers(),
            matrices.stream().map(matrix -> matrix.rows()[0]).toList());
    this.pass = new ConvolutionPass(weights);
    this.dropout = new Dropout(0, random.apply("dropout"));
  }

  /** Glorot and Bengio's bound for the convolutions, PyTorch's default for the head. */
  void initialize(RandomStream stream) {
    for (Matrix matrix : matrices) {
      Parameter parameter = parameters.get(matrix.index());
      boolean convolution = matrix.index() < 2 * weights.layers();
      double bound =
          convolution
              ? Math.sqrt(6.0 / (parameter.rows() + parameter.columns()))
              : 1 / Math.sqrt(parameter.columns());
      matrix.fill(bound, stream);
    }
  }

  @Override
  public List<Matrix> matrices() {
    return Collections.unmodifiableList(matrices);
  }

  ConvolutionTask task() {
    return task;
  }

  TargetScale scale() {
    return scale;
  }

  ConvolutionWeights weights() {
    return weights;
  }

  @Override
  public Regimen regimen(PredictorRecipe recipe) {
    return new CosineRegimen(recipe, settings.weightDecay(), random);
  }

  @Override
  public void begin(long number) {
    dropout = new Dropout(settings.dropout(), random.apply("dropout " + number));
  }

  /** The mean loss; of accuracies in squared ratios, though the gradient is of normalised ones. */
  @Override
  public double step(List<EncodedArchitecture> batch, double[] targets, RowStep step) {
    float[] outputs =
        pass.forward(batch.stream().map(EncodedArchitecture::graph).toList(), dropout);
    float[] slopes = new float[outputs.length];
    double loss = 0;
    for (int b = 0; b < slopes.length; b++) {
      double target = scale.normalized(targets[b]);
      loss += task.error(outputs[b], target) / slopes.length;
      slopes[b] = (float) (task.slope(outputs[b], target) / slopes.length);
    }
    pass.backward(slopes, (parameter, gradient) -> step.row(matrices.get(parameter), 0, gradient));
    return loss * scale.deviation() * scale.deviation();
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return model().predict(architectures);
  }

  /** Of a prediction, not of an output. */
  @Override
  public double error(double prediction, double target) {
    return switch (task) {
      case ACCURACY -> PredictorNetwork.super.error(prediction, target);
      case CLASS ->
          -target * StrictMath.log(Math.max(prediction, Double.MIN_NORMAL))
              - (1 - target) * StrictMath.log(Math.max(1 - prediction, Double.MIN_NORMAL));
    };
  }

  @Override
  public Model model() {
    return new ConvolutionModel(this);
  }
}
