package dev.espalier.learning.predictor;

import java.util.ArrayList;
import java.util.List;

/**
 * What a recipe of the graph convolutions says beyond those of other kinds.
 *
 * @param weightDecay how strongly weights are pulled to zero, by the gradient
 * @param dropout the share of numbers that is dropped behind every layer
 * @param publishedScale whether accuracies are normalised by the mean and deviation of the whole
 *     table of NAS-Bench-101, as the published program does; else by those of the training rows
 */
public record ConvolutionSettings(double weightDecay, double dropout, boolean publishedScale) {
  /** Of Wen et al. 2020, as published, with a scale that is right for every table. */
  public static final ConvolutionSettings PUBLISHED = new ConvolutionSettings(1e-3, 0.1, false);

  /*
   * With the published decay all weights of a classifier soon go to zero and its loss stays at log
   * 2: near that the slopes of the logistic loss are four times smaller, and Adam divides by their
   * size what the decay adds to them.
   */
  /** For classes, of which nothing was published. */
  public static final ConvolutionSettings CLASSES = new ConvolutionSettings(1e-5, 0.1, false);

  /** What is wrong with them, in words. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      problems.add("predictor.weightDecay must be at least 0, but was " + weightDecay);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add("predictor.dropout must be at least 0 and below 1, but was " + dropout);
    }
    return problems;
  }
}
