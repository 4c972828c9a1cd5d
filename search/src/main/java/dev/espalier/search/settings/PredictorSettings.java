package dev.espalier.search.settings;

import java.util.List;

/**
 * What predicts accuracy from the architecture.
 *
 * @param kind the predictor that guides the search; the others stand beside it in the report
 * @param compared the predictors that are compared on held-out architectures
 * @param epochs of the networks among them, at most: the best one is chosen on an inner validation
 *     part of what they are fitted to
 * @param validation share of what is fitted to, on which the best epoch is chosen
 * @param members networks of the ensemble
 * @param trees of the forest
 * @param splits random splits into fitted and held-out architectures
 * @param heldOut the share that is held out
 */
public record PredictorSettings(
    String kind,
    List<String> compared,
    int epochs,
    double learningRate,
    int batch,
    int embedding,
    int hidden,
    int blocks,
    double validation,
    int members,
    int trees,
    int splits,
    double heldOut) {
  /** Shares of the training architectures that the guiding predictor is fitted to as well. */
  private static final List<Double> SHARES = List.of(0.25, 0.5, 0.75);

  /** So many fits can be compared. */
  public static final int MOST_FITS = 3_000;

  public PredictorSettings {
    Require.present("kind", kind);
    compared = List.copyOf(compared);
    Require.positive("epochs", epochs);
    Require.notNegative("learningRate", learningRate);
    Require.positive("batch", batch);
    Require.positive("embedding", embedding);
    Require.positive("hidden", hidden);
    Require.positive("blocks", blocks);
    Require.notNegative("validation", validation);
    Require.positive("members", members);
    Require.positive("trees", trees);
    Require.positive("splits", splits);
    Require.notNegative("heldOut", heldOut);
  }

  /** How many of the evaluated architectures every split holds out. */
  public int heldOutOf(int evaluated) {
    return (int) Math.ceil(evaluated * heldOut);
  }

  /** Shares of the training architectures that the guiding predictor is fitted to as well. */
  public static List<Double> shares() {
    return SHARES;
  }

  /** How many fits a split is at most: of those compared, and of the guiding one on fewer. */
  public static int fitsOfSplit(String kind, List<String> compared) {
    return compared.size() + SHARES.size() + (compared.contains(kind) ? 0 : 1);
  }
}
