package dev.espalier.search.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks of points with several objectives, all to be maximised: NSGA-II, Deb et al. 2002, section
 * III.
 */
public final class NonDominatedSorting {
  private NonDominatedSorting() {}

  /** Whether {@code a} is nowhere worse than {@code b} and somewhere better. */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] < b[i]) {
        return false;
      }
      better |= a[i] > b[i];
    }
    return better;
  }

  /**
   * The points' indices by front: those that no other dominates, then those that only they
   * dominate, and so on.
   *
   * @param points {@code [n, objectives]}
   */
  public static List<List<Integer>> fronts(double[][] points) {
    int[] dominators = new int[points.length];
    for (int a = 0; a < points.length; a++) {
      for (double[] other : points) {
        dominators[a] += dominates(other, points[a]) ? 1 : 0;
      }
    }
    List<List<Integer>> fronts = new ArrayList<>();
    List<Integer> front =
        IntStream.range(0, points.length).filter(i -> dominators[i] == 0).boxed().toList();
    while (!front.isEmpty()) {
      fronts.add(front);
      List<Integer> next = new ArrayList<>();
      for (int above : front) {
        for (int below = 0; below < points.length; below++) {
          if (dominates(points[above], points[below]) && --dominators[below] == 0) {
            next.add(below);
          }
        }
      }
      next.sort(Comparator.naturalOrder());
      front = List.copyOf(next);
    }
    return List.copyOf(fronts);
  }

  /**
   * How much room each point of a front has: the sum over the objectives of the distance between
   * its two neighbours, as a share of the front's range; infinite at the ends.
   *
   * @param front indices into {@code points}
   * @return in the front's order
   */
  public static double[] crowding(double[][] points, List<Integer> front) {
    double[] distances = new double[front.size()];
    int objectives = front.isEmpty() ? 0 : points[front.getFirst()].length;
    for (int objective = 0; objective < objectives; objective++) {
      int its = objective;
      int[] order =
          IntStream.range(0, front.size())
              .boxed()
              .sorted(Comparator.comparingDouble(i -> points[front.get(i)][its]))
              .mapToInt(i -> i)
              .toArray();
      double[] values = Arrays.stream(order).mapToDouble(i -> points[front.get(i)][its]).toArray();
      int last = order.length - 1;
      double range = values[last] - values[0];
      distances[order[0]] = Double.POSITIVE_INFINITY;
      distances[order[last]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < last && range > 0; i++) {
        distances[order[i]] += (values[i + 1] - values[i - 1]) / range;
      }
    }
    return distances;
  }
}
