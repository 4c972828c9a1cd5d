package dev.espalier.search.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * What the recipes of DARTS (Liu, Simonyan and Yang, ICLR 2019) add to plain descent. Zero leaves
 * each of them out.
 *
 * @param warmupEpochs over which the rate rises: in epoch {@code e} (from 0) of so many {@code w}
 *     it is the scheduled one times {@code (e + 1) / w} (Xu et al., PC-DARTS, ICLR 2020)
 * @param clipping the largest norm that the gradients of all parameters together may have; longer
 *     ones are shortened to it
 * @param dropPath the probability, at the end, that an image loses a path: it grows linearly from
 *     0, epoch by epoch
 * @param auxiliaryWeight of the loss of a second classifier two thirds up the network
 */
public record Refinements(
    int warmupEpochs, double clipping, double dropPath, double auxiliaryWeight) {
  public static final Refinements NONE = new Refinements(0, 0, 0, 0);

  /** What is wrong with them, in words. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (warmupEpochs < 0) {
      problems.add("evaluation.warmupEpochs must be at least 0, but was " + warmupEpochs);
    }
    if (!(clipping >= 0 && Double.isFinite(clipping))) {
      problems.add("evaluation.clipping must be at least 0, but was " + clipping);
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      problems.add("evaluation.dropPath must be at least 0 and below 1, but was " + dropPath);
    }
    if (!(auxiliaryWeight >= 0 && Double.isFinite(auxiliaryWeight))) {
      problems.add("evaluation.auxiliaryWeight must be at least 0, but was " + auxiliaryWeight);
    }
    return problems;
  }

  /** Whether a network needs its second classifier. */
  public boolean auxiliary() {
    return auxiliaryWeight > 0;
  }

  /**
   * The probability with which a path is dropped in an epoch.
   *
   * @param epoch from 0
   */
  public double dropPathIn(int epoch, int epochs) {
    return dropPath * epoch / epochs;
  }
}
