package dev.espalier.search.pruning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ranking of TE-NAS (Chen et al. 2021, section 3.3 and the published program) over whatever can
 * be removed from a supernet: an operator of an edge, an edge of a node.
 *
 * <p>The candidate whose removal lowers the NTK condition number most is pruned first, and so is
 * the one whose removal lowers the number of linear regions least. The two places are added without
 * weights.
 *
 * @param <C> what is removed
 */
public final class Ranking<C> {
  private final RankingMode mode;

  public Ranking(RankingMode mode) {
    this.mode = mode;
  }

  /**
   * A candidate and what was measured for it.
   *
   * @param effects one for each repeat
   */
  public record Scored<C>(C candidate, List<Effect> effects) {
    public Scored {
      effects = List.copyOf(effects);
      if (effects.isEmpty()) {
        throw new IllegalArgumentException("no effect was measured for candidate " + candidate);
      }
    }
  }

  /** A candidate with its places; {@code conditionDelta} is null where {@code singular}. */
  public record Ranked<C>(
      C candidate,
      @Nullable Double conditionDelta,
      double regionDelta,
      int conditionRank,
      int regionRank,
      boolean singular) {
    public int rankSum() {
      return conditionRank + regionRank;
    }
  }

  /**
   * All candidates, first to be pruned first.
   *
   * @param scored in candidate order, which breaks ties
   */
  public List<Ranked<C>> rank(List<Scored<C>> scored) {
    Measure measure =
        switch (mode) {
          case EXACT -> new ExactMeasure();
          case REFERENCE -> new ReferenceMeasure();
        };
    double[] conditions = means(scored, measure::conditionDelta);
    double[] regions = means(scored, measure::regionDelta);

    List<Integer> byCondition = sorted(conditions, measure, Comparator.reverseOrder());
    List<Integer> byRegions = sorted(regions, measure, Comparator.naturalOrder());
    int[] conditionRanks = denseRanks(byCondition, conditions);
    int[] regionRanks = denseRanks(byRegions, regions);

    List<Integer> inTieOrder =
        switch (mode) {
          case EXACT -> IntStream.range(0, scored.size()).boxed().toList();
          case REFERENCE -> byCondition;
        };
    return inTieOrder.stream()
        .map(i ->
            ranked(scored.get(i), conditions[i], regions[i], conditionRanks[i], regionRanks[i]))
        .sorted(Comparator.comparingInt(Ranked::rankSum)) // stable
        .toList();
  }

  private static <C> double[] means(List<Scored<C>> scored, ToDoubleFunction<Effect> delta) {
    return scored.stream()
        .mapToDouble(one -> {
          double sum = 0;
          for (Effect effect : one.effects()) {
            sum += delta.applyAsDouble(effect);
          }
          return sum / one.effects().size();
        })
        .toArray();
  }

  /** Candidate numbers by sort key; equal keys stay in candidate order. */
  private static List<Integer> sorted(
      double[] means, Measure measure, Comparator<Double> direction) {
    return IntStream.range(0, means.length)
        .boxed()
        .sorted(Comparator.comparing(i -> measure.sortKey(means[i]), direction))
        .toList();
  }

  /** Ranks from 0: an element shares its predecessor's rank if their means are exactly equal. */
  private static int[] denseRanks(List<Integer> order, double[] means) {
    int[] ranks = new int[means.length];
    for (int place = 1; place < order.size(); place++) {
      int previous = order.get(place - 1);
      int next = order.get(place);
      ranks[next] = ranks[previous] + (means[next] == means[previous] ? 0 : 1);
    }
    return ranks;
  }

  private static <C> Ranked<C> ranked(
      Scored<C> scored, double condition, double region, int conditionRank, int regionRank) {
    boolean singular = Double.isInfinite(condition);
    return new Ranked<>(
        scored.candidate(),
        singular ? null : condition,
        region,
        conditionRank,
        regionRank,
        singular);
  }

  /**
   * The first candidates of each group, the group of the first-ranked candidate first.
   *
   * @param limit how many to take of a group
   */
  public static <C, G> List<C> firstOfEach(
      List<Ranked<C>> ranked, Function<C, G> group, ToIntFunction<G> limit) {
    Map<G, List<C>> first = new LinkedHashMap<>();
    for (Ranked<C> next : ranked) {
      G its = group.apply(next.candidate());
      List<C> chosen = first.computeIfAbsent(its, key -> new ArrayList<>());
      if (chosen.size() < limit.applyAsInt(its)) {
        chosen.add(next.candidate());
      }
    }
    return first.values().stream().flatMap(List::stream).toList();
  }
}
