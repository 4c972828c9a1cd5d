package dev.espalier.search.evolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The trade-off between accuracy and a cost. */
public final class ParetoFront {
  private ParetoFront() {}

  /**
   * One candidate.
   *
   * @param accuracy higher is better
   * @param cost lower is better
   */
  public record Point<T>(T what, double accuracy, double cost) {}

  /**
   * Those that no other beats, cheapest first, so that accuracy rises from one to the next. Of
   * equal ones the first given.
   */
  public static <T> List<Point<T>> of(List<Point<T>> points) {
    List<Point<T>> byCost =
        points.stream()
            .sorted(
                Comparator.comparingDouble((Point<T> point) -> point.cost())
                    .thenComparing(
                        Comparator.comparingDouble((Point<T> point) -> -point.accuracy())))
            .toList();
    List<Point<T>> front = new ArrayList<>();
    for (Point<T> point : byCost) {
      if (front.isEmpty() || point.accuracy() > front.getLast().accuracy()) {
        front.add(point);
      }
    }
    return List.copyOf(front);
  }
}
