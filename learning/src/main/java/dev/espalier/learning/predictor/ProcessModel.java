package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.process.NormalScores;
import dev.espalier.learning.predictor.process.Posterior;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Gaussian process with a Matérn kernel of smoothness 5/2 on the numbers of a design, whose
 * targets are the accuracies' ranks as quantiles of the normal distribution. Length scales and
 * noise are those under which the targets are most likely. Nothing is drawn, unless there are so
 * many rows that the scales are learned from some of them.
 *
 * <p>An estimate's mean is the accuracy of the posterior's mean quantile, its deviation half the
 * difference of the accuracies one deviation of the posterior above and below it, noise included:
 * how far from it an architecture of this kind may be measured.
 */
final class ProcessModel implements Model {
  static final Family PLAIN = family(ProcessDesign.PLAIN);
  static final Family GROUPED = family(ProcessDesign.GROUPED);
  static final Family DETAILED = family(ProcessDesign.DETAILED);
  static final Family SHAPED = family(ProcessDesign.SHAPED);

  /** Scales are learned from so many rows at most; the posterior is of all. */
  private static final int SCALE_ROWS = 256;

  private final ProcessDesign design;
  private final ProcessFeatures features;
  private final ProcessScales scales;
  private final float[] accuracies; // [rows]
  private final NormalScores scores;
  private final Posterior posterior;

  private ProcessModel(
      ProcessDesign design, ProcessFeatures features, ProcessScales scales, float[] accuracies) {
    this.design = design;
    this.features = features;
    this.scales = scales;
    this.accuracies = accuracies;
    double[] numbers = doubles(accuracies);
    this.scores = new NormalScores(numbers);
    double[] squared = new double[numbers.length * (numbers.length + 1) / 2];
    int pair = 0;
    for (int row = 0; row < numbers.length; row++) {
      for (int other = 0; other <= row; other++, pair++) {
        squared[pair] = apart(features.rows()[row], features.rows()[other]);
      }
    }
    this.posterior = new Posterior(squared, scales.noise(), targets(scores, numbers));
  }

  private static Family family(ProcessDesign design) {
    return new Family(
        design.name(),
        (rows, recipe, random) ->
            new Family.Start.AtOnce(() -> fit(design, rows, random.apply("scales"))),
        (layout, arrays) -> restore(design, arrays));
  }

  private static ProcessModel fit(ProcessDesign design, FitRows rows, RandomStream random) {
    ProcessFeatures features = ProcessFeatures.of(design, rows.architectures());
    float[] accuracies = new float[rows.size()];
    for (int row = 0; row < accuracies.length; row++) {
      accuracies[row] = (float) rows.accuracies()[row];
    }
    double[] targets = targets(new NormalScores(doubles(accuracies)), doubles(accuracies));
    ProcessFeatures learned = features;
    if (rows.size() > SCALE_ROWS) {
      int[] chosen = Arrays.copyOf(random.permutation(rows.size()), SCALE_ROWS);
      learned = features.select(chosen);
      targets = Arrays.stream(chosen).mapToDouble(each -> accuracies[each]).toArray();
      targets = targets(new NormalScores(targets), targets);
    }
    return new ProcessModel(
        design, features, ProcessScales.best(design, learned, targets), accuracies);
  }

  private static ProcessModel restore(ProcessDesign design, Map<String, NamedArray> arrays) {
    return new ProcessModel(
        design,
        ProcessFeatures.restore(design, arrays),
        new ProcessScales(
            Model.array(arrays, "scales").values(),
            Model.array(arrays, "unseen").values(),
            Model.array(arrays, "noise").values()[0]),
        Model.array(arrays, "accuracies").values());
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  private static double[] targets(NormalScores scores, double[] accuracies) {
    return Arrays.stream(accuracies).map(scores::score).toArray();
  }

  private double apart(float[] row, float[] other) {
    double sum = 0;
    for (int column = 0; column < row.length; column++) {
      double difference = (double) row[column] - other[column];
      sum += scales.columns()[column] * difference * difference;
    }
    return sum;
  }

  /** Squared, to each row that it was fitted to. */
  private double[] distances(EncodedArchitecture architecture) {
    double[] unseen = features.unseen(architecture);
    double alien = 0;
    for (int part = 0; part < unseen.length; part++) {
      alien += scales.unseen()[part] * unseen[part];
    }
    float[] row = features.row(architecture);
    double[] distances = new double[accuracies.length];
    for (int other = 0; other < distances.length; other++) {
      distances[other] = alien + apart(row, features.rows()[other]);
    }
    return distances;
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return architectures.stream()
        .mapToDouble(each -> scores.number(posterior.mean(distances(each))))
        .toArray();
  }

  @Override
  public List<Estimate> estimate(List<EncodedArchitecture> architectures) {
    return architectures.stream().map(this::estimate).toList();
  }

  private Estimate estimate(EncodedArchitecture architecture) {
    Posterior.Moments moments = posterior.moments(distances(architecture));
    double above = scores.number(moments.mean() + moments.deviation());
    double below = scores.number(moments.mean() - moments.deviation());
    return new Estimate(scores.number(moments.mean()), (above - below) / 2);
  }

  @Override
  public Uncertainty uncertainty() {
    return Uncertainty.POSTERIOR;
  }

  @Override
  public List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>(features.arrays());
    arrays.add(vector("scales", scales.columns()));
    arrays.add(vector("unseen", scales.unseen()));
    arrays.add(vector("noise", scales.noise()));
    arrays.add(vector("accuracies", accuracies));
    return arrays;
  }

  private static NamedArray vector(String name, float... numbers) {
    return new NamedArray(name, new long[] {numbers.length}, numbers);
  }

  @Override
  public Family family() {
    return Family.named(design.name());
  }
}
