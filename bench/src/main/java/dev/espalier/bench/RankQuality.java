package dev.espalier.bench;

import dev.espalier.search.statistics.Statistics;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * How well a ranking of cells agrees with what they reach when trained.
 *
 * @param spearman rank correlation of scores and accuracies
 * @param kendall the same as Kendall's tau-b
 * @param rankOfBest where the ranking puts the most accurate cell, 1 the top; ties at their mean
 *     rank
 * @param within Kendall's tau over pairs of cells with equal parameters only: pairs in the same
 *     order less pairs in opposite order, divided by all such pairs of different accuracy; NaN
 *     where there are none
 */
record RankQuality(double spearman, double kendall, double rankOfBest, double within) {

  /**
   * Compares; the arrays have one entry a cell.
   *
   * @param scores larger is better; minus infinity where there is none
   */
  static RankQuality of(double[] scores, double[] accuracies, double[] parameters) {
    return new RankQuality(
        Statistics.spearman(scores, accuracies),
        Statistics.kendallTau(scores, accuracies),
        rankOfBest(scores, accuracies),
        within(scores, accuracies, parameters));
  }

  private static double rankOfBest(double[] scores, double[] accuracies) {
    int best = 0;
    for (int i = 1; i < accuracies.length; i++) {
      best = accuracies[i] > accuracies[best] ? i : best;
    }
    return scores.length + 1 - new NaturalRanking().rank(scores)[best];
  }

  private static double within(double[] scores, double[] accuracies, double[] parameters) {
    long pairs = 0;
    double agreement = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < i; j++) {
        if (parameters[i] == parameters[j] && accuracies[i] != accuracies[j]) {
          pairs++;
          agreement +=
              Integer.signum(Double.compare(scores[i], scores[j]))
                  * Integer.signum(Double.compare(accuracies[i], accuracies[j]));
        }
      }
    }
    return pairs == 0 ? Double.NaN : agreement / pairs;
  }
}
