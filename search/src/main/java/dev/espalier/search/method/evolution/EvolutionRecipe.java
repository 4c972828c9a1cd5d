package dev.espalier.search.method.evolution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How every network is trained and judged.
 *
 * @param basics how a whole training goes
 * @param rungs of successive halving: 1 trains everything to the end; with more, every network is
 *     trained for a fraction, and the better part goes on
 * @param keep the share that goes on from each rung to the next; epochs grow by its inverse
 * @param schedule {@code step} or {@code cosine}
 * @param decayEvery epochs between two drops of the rate; {@code step} only
 * @param decayFactor what the rate is multiplied by at each drop; {@code step} only
 * @param labelSmoothing the share of each target spread over all classes
 * @param table the name of an imported table of accuracies to look up instead of training, or empty
 * @param own a program that trains instead
 */
public record EvolutionRecipe(
    @JsonUnwrapped TrainingBasics basics,
    int rungs,
    double keep,
    String schedule,
    int decayEvery,
    double decayFactor,
    double labelSmoothing,
    String table,
    @JsonUnwrapped OwnProgram own) {
  public EvolutionRecipe {
    Require.present("basics", basics);
    Require.positive("rungs", rungs);
    Require.notNegative("keep", keep);
    Require.oneOf("schedule", schedule, "step", "cosine");
    Require.positive("decayEvery", decayEvery);
    Require.notNegative("decayFactor", decayFactor);
    Require.notNegative("labelSmoothing", labelSmoothing);
    Require.present("table", table);
    Require.present("own", own);
  }

  /** How every network is trained, to the end of its schedule. */
  TrainingSettings recipe() {
    return new TrainingSettings(
        basics, schedule, decayEvery, decayFactor, labelSmoothing, Refinements.NONE, own);
  }

  /** Of a whole training. */
  public int epochs() {
    return basics.epochs();
  }

  /** Which architectures go on from rung to rung; a single rung trains all to the end. */
  public SuccessiveHalving halving() {
    List<SuccessiveHalving.Rung> plan = new ArrayList<>();
    for (int rung = 0; rung < rungs; rung++) {
      plan.add(new SuccessiveHalving.Rung(epochsOfRung(rung), rung == rungs - 1 ? 1 : keep));
    }
    return new SuccessiveHalving(plan);
  }

  /**
   * How far the trainings of a rung go.
   *
   * @param rung from 0
   */
  public int epochsOfRung(int rung) {
    return epochsOfRung(rung, rungs, keep, epochs());
  }

  /** As above, of settings that may not fit together. */
  static int epochsOfRung(int rung, int rungs, double keep, int epochs) {
    double share = StrictMath.pow(keep, rungs - 1 - rung);
    return Math.clamp(Math.round(epochs * share), 1, epochs);
  }
}
