package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.Require;
import dev.espalier.search.trainings.Splits;

/**
 * Which cells are learned from, and which the predictor is judged on.
 *
 * @param name of the training cells: {@code seed}, drawn by the experiment's seed, or a published
 *     split of a table ({@link Splits})
 * @param train how many cells are evaluated to learn from, all different; a published split has its
 *     own number
 * @param judgedOn of a table: {@code others}, all cells that are not learned from, or a split
 * @param heldOut how many of them at most, drawn at random; 0 for all of them
 * @param judgeOnTraining whether it is judged on the training cells, too, as the published program
 *     does: only to reproduce its figures
 * @param tolerated the share of the evaluations that may fail without ending the experiment
 */
public record SplitSettings(
    String name,
    int train,
    String judgedOn,
    int heldOut,
    boolean judgeOnTraining,
    double tolerated) {
  /** The training cells that are drawn by the experiment's seed. */
  public static final String SEED = "seed";

  /** All cells that are not learned from. */
  public static final String OTHERS = "others";

  public SplitSettings {
    if (!name.equals(SEED)) {
      Splits.checkName(name);
    }
    Require.positive("train", train);
    if (!judgedOn.equals(OTHERS)) {
      Splits.checkName(judgedOn);
    }
    Require.notNegative("heldOut", heldOut);
    Require.notNegative("tolerated", tolerated);
  }

  public boolean isBySeed() {
    return name.equals(SEED);
  }
}
