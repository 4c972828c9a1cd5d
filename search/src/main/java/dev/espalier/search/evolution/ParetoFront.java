package dev.espalier.search.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The trade-off between accuracy and one cost or several. */
public final class ParetoFront {
  private static final Comparator<Point<?>> CHEAPEST_FIRST =
      Comparator.<Point<?>, double[]>comparing(Point::values, Arrays::compare)
          .thenComparing(Comparator.<Point<?>>comparingDouble(Point::accuracy).reversed());

  private ParetoFront() {}

  /**
   * One candidate.
   *
   * @param accuracy higher is better
   * @param costs lower is better
   */
  public record Point<T>(T what, double accuracy, List<Double> costs) {
    public Point {
      costs = List.copyOf(costs);
    }

    private double[] values() {
      return costs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether this one is nowhere worse, which it is of itself. */
    private boolean isAsGoodAs(Point<T> other) {
      if (accuracy < other.accuracy) {
        return false;
      }
      for (int i = 0; i < costs.size(); i++) {
        if (costs.get(i) > other.costs.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Those that no other beats, cheapest first by the first cost; with a single one accuracy rises
   * from one to the next. Of equal ones the first given.
   */
  public static <T> List<Point<T>> of(List<Point<T>> points) {
    List<Point<T>> front = new ArrayList<>();
    // Whatever beats a point stands before it, and the nearest before it beats it most often.
    for (Point<T> point : points.stream().sorted(CHEAPEST_FIRST).toList()) {
      if (front.reversed().stream().noneMatch(kept -> kept.isAsGoodAs(point))) {
        front.add(point);
      }
    }
    return List.copyOf(front);
  }
}
