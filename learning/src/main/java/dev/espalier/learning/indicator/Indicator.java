package dev.espalier.learning.indicator;

import dev.espalier.search.failure.InvalidInput;

/** A training-free score of an architecture. Its values are null where they are not numbers. */
public enum Indicator implements Criterion {
  /** Largest eigenvalue of the neural tangent kernel by the smallest. */
  NTK(
      "ntk",
      "condition number of the neural tangent kernel",
      "Chen et al., ICLR 2021",
      Better.SMALLER,
      Cost.KERNEL),
  /** Number of linear regions that samples fall into. */
  REGIONS("regions", "linear regions", "Chen et al., ICLR 2021", Better.LARGER, Cost.FORWARD),
  /** Trainable parameters of the standard network: the baseline of every comparison. */
  PARAMETERS("parameters", "parameters", "", Better.LARGER, Cost.COUNTED),
  /** Multiply-adds of the standard network for an image of 32x32 pixels. */
  MACS("macs", "multiply-adds", "", Better.LARGER, Cost.COUNTED),
  /** {@link HammingKernel}. */
  NASWOT(
      "naswot",
      "log-determinant of the Hamming kernel of activation patterns",
      "Mellor et al., ICML 2021",
      Better.LARGER,
      Cost.FORWARD),
  /** {@link JacobianCovariance}. */
  JACOV(
      "jacov",
      "correlation of the images' Jacobians",
      "Mellor et al., 2020 (version 1), as in Abdelfattah et al., ICLR 2021",
      Better.LARGER,
      Cost.BACKWARD),
  /** The natural logarithm of the flow of a constant image through the absolute weights. */
  SYNFLOW(
      "synflow",
      "synaptic flow, its logarithm",
      "Tanaka et al., NeurIPS 2020, as in Abdelfattah et al., ICLR 2021",
      Better.LARGER,
      Cost.BACKWARD),
  /** How much the loss depends on each weight being there. */
  SNIP(
      "snip",
      "connection sensitivity",
      "Lee et al., ICLR 2019, as in Abdelfattah et al., ICLR 2021",
      Better.LARGER,
      Cost.BACKWARD),
  /** The lengths of the layers' gradients. */
  GRAD_NORM(
      "grad-norm",
      "norms of the gradients",
      "Abdelfattah et al., ICLR 2021",
      Better.LARGER,
      Cost.BACKWARD),
  /** The lengths of the layers' weights. */
  L2_NORM(
      "l2-norm",
      "norms of the weights",
      "Abdelfattah et al., ICLR 2021",
      Better.LARGER,
      Cost.WEIGHTS),
  /** {@link SampleWisePatterns}. */
  SWAP(
      "swap",
      "sample-wise activation patterns",
      "Peng et al., ICLR 2024",
      Better.LARGER,
      Cost.FORWARD);

  private final String label;
  private final String title;
  private final String paper;
  private final Better better;
  private final Cost cost;

  Indicator(String label, String title, String paper, Better better, Cost cost) {
    this.label = label;
    this.title = title;
    this.paper = paper;
    this.better = better;
    this.cost = cost;
  }

  /**
   * The indicator with this label.
   *
   * @throws InvalidInput if there is none
   */
  public static Indicator labelled(String label) {
    if (Criterion.parse(label) instanceof Indicator indicator) {
      return indicator;
    }
    throw new InvalidInput("%s is made of indicators: name them".formatted(label));
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String paper() {
    return paper;
  }

  @Override
  public Better better() {
    return better;
  }

  @Override
  public Cost cost() {
    return cost;
  }
}
