package dev.espalier.learning.meta;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How good generated graphs are as a whole. Ratios of nothing are 0.
 *
 * @param generated graphs
 * @param valid of these, those that are architectures
 * @param distinct different ones among the valid
 * @param novel of the distinct, those that were not trained on
 * @param novelAmongValid of the valid, those that were not trained on
 */
public record GenerationMetrics(
    int generated, int valid, int distinct, int novel, int novelAmongValid) {
  /**
   * @param generated the architectures' strings; empty where a graph was none
   * @param trained strings of the training set
   */
  public static GenerationMetrics of(List<Optional<String>> generated, Collection<String> trained) {
    Set<String> known = Set.copyOf(trained);
    List<String> valid = generated.stream().flatMap(Optional::stream).toList();
    Set<String> distinct = new HashSet<>(valid);
    return new GenerationMetrics(
        generated.size(),
        valid.size(),
        distinct.size(),
        (int) distinct.stream().filter(each -> !known.contains(each)).count(),
        (int) valid.stream().filter(each -> !known.contains(each)).count());
  }

  /** Architectures among all graphs. */
  public double validity() {
    return ratio(valid, generated);
  }

  /** Different ones among the valid. */
  public double uniqueness() {
    return ratio(distinct, valid);
  }

  /** Not trained on, among the different ones. */
  public double novelty() {
    return ratio(novel, distinct);
  }

  /** Not trained on, among the valid, repeats counted: what D-VAE calls novelty. */
  public double noveltyOfValid() {
    return ratio(novelAmongValid, valid);
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
