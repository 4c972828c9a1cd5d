package dev.espalier.workflows.method.evolution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the search found.
 *
 * @param architecture the best of the chosen strategy
 * @param warning in words, where its prediction is far outside what was measured; else null
 * @param strategies the chosen one first
 * @param front of all that the chosen strategy scored: nothing beats these in accuracy and the
 *     costs among the objectives, or MACs if there are none; cheapest first
 * @param latency of the best in milliseconds; null without a table of them
 */
public record EvolveResult(
    String architecture,
    double predicted,
    long macs,
    long parameters,
    @Nullable String warning,
    List<Evolved> strategies,
    List<FrontPoint> front,
    @Nullable Double latency) {
  public EvolveResult {
    strategies = List.copyOf(strategies);
    front = List.copyOf(front);
  }

  /**
   * One strategy's search.
   *
   * @param predicted accuracy of its best architecture
   * @param evaluations different architectures that were scored
   * @param history best and mean prediction by generation, at most some hundred of them
   */
  public record Evolved(
      String strategy,
      String architecture,
      double predicted,
      long macs,
      long parameters,
      int evaluations,
      int generations,
      List<HistoryPoint> history,
      List<FrontPoint> front,
      @Nullable Double latency) {
    public Evolved {
      history = List.copyOf(history);
      front = List.copyOf(front);
    }
  }

  /**
   * @param generation from 0
   */
  public record HistoryPoint(int generation, int evaluations, double best, double mean) {}

  /**
   * @param parameters null in results of the algorithm's first revision
   * @param latency milliseconds; null without a table of them
   */
  public record FrontPoint(
      String architecture,
      double predicted,
      long macs,
      @Nullable Long parameters,
      @Nullable Double latency) {}
}
