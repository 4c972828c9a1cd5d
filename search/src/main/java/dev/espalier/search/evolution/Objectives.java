package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What makes one architecture better than another: accuracy, or accuracy and low costs. */
final class Objectives {
  private static final Comparator<Scored> BY_ACCURACY =
      Comparator.comparingDouble(Scored::accuracy).reversed().thenComparing(Scored::genome);

  private final List<String> names;
  private final List<CostTable> costs;

  Objectives(List<String> names, BitSpace space) {
    this.names = names;
    this.costs =
        names.stream()
            .filter(name -> !name.equals(EvolutionSettings.ACCURACY))
            .map(name -> space.cost(name))
            .toList();
  }

  boolean dominates(Scored a, Scored b) {
    return NonDominatedSorting.dominates(values(a), values(b));
  }

  /** Accuracy, then each cost with its sign turned: all to be maximised. */
  private double[] values(Scored scored) {
    double[] values = new double[names.size()];
    values[0] = scored.accuracy();
    for (int i = 0; i < costs.size(); i++) {
      values[i + 1] = -costs.get(i).of(scored.genome());
    }
    return values;
  }

  static Scored moreAccurate(Scored a, Scored b) {
    return BY_ACCURACY.compare(a, b) <= 0 ? a : b;
  }

  /**
   * By accuracy if that is the only objective; else by front and, within it, those with most room
   * first (the crowded-comparison operator of NSGA-II). Ties in genome order.
   */
  List<Scored> bestFirst(List<Scored> scored) {
    List<Scored> byAccuracy = scored.stream().sorted(BY_ACCURACY).toList();
    if (costs.isEmpty()) {
      return byAccuracy;
    }
    double[][] points = byAccuracy.stream().map(this::values).toArray(double[][]::new);
    List<Scored> ranked = new ArrayList<>();
    for (List<Integer> front : NonDominatedSorting.fronts(points)) {
      double[] room = NonDominatedSorting.crowding(points, front);
      IntStream.range(0, front.size())
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> room[i]).reversed()) // stable
          .forEach(i -> ranked.add(byAccuracy.get(front.get(i))));
    }
    return ranked;
  }

  /**
   * The winner of a tournament: the most accurate or, with several objectives, any that no other
   * beats, since always to take the one with most room would breed the two ends only.
   */
  Scored winner(List<Scored> sample, RandomStream random) {
    if (costs.isEmpty()) {
      return sample.stream().min(BY_ACCURACY).orElseThrow();
    }
    List<Scored> unbeaten =
        sample.stream()
            .filter(one -> sample.stream().noneMatch(other -> dominates(other, one)))
            .toList();
    return unbeaten.get(random.nextInt(unbeaten.size()));
  }
}
