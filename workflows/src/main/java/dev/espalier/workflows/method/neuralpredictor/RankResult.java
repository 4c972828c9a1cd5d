package dev.espalier.workflows.method.neuralpredictor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranking.
 *
 * @param count how many of the best ranked are to be evaluated
 * @param architectures SHA-256 of an artifact: their canonical strings, the best ranked first
 * @param rows SHA-256 of an artifact: what was predicted of each of them, and of some of the judged
 *     cells what is true, a {@link RankedCells}
 * @param ranked candidates that are ranked: neither training cells nor rejected by the filter
 * @param rejected by the filter
 * @param judged how well it ranks the held-out cells of a table; null without a table
 * @param classifier how the classifier did on them; null without a table or a classifier
 * @param filters the filters side by side; empty where a table does not know all
 */
public record RankResult(
    int count,
    String architectures,
    String rows,
    int ranked,
    int rejected,
    @Nullable Judged judged,
    @Nullable Confusion classifier,
    List<Filtered> filters) {
  public RankResult {
    filters = List.copyOf(filters);
  }

  /**
   * @param cells that were judged on
   * @param tau Kendall's; null where all are tied
   * @param error root mean square, in ratios
   */
  public record Judged(int cells, @Nullable Double tau, double error) {}

  /**
   * What one filter comes to.
   *
   * @param filter {@code none}, {@code classifier} or {@code true-accuracy}
   * @param ranked held-out cells that pass it
   * @param judged how well they are ranked; null where fewer than two pass
   * @param architecture the best by validation accuracy of the training cells and of as many of its
   *     best ranked as are evaluated
   * @param validation its accuracy; {@code test} null where it is not known
   * @param regret how far its validation accuracy is below the best of all
   */
  public record Filtered(
      String filter,
      int ranked,
      @Nullable Judged judged,
      String architecture,
      double validation,
      @Nullable Double test,
      double regret) {}
}
