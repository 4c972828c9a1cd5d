package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.evolution.ParetoFront.Point;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Non-dominated sorting")
class NonDominatedSortingTest {
  @Test
  void peelsFrontAfterFront() {
    double[][] points = {{1, 5}, {3, 3}, {2, 2}, {5, 1}, {1, 1}, {3, 3}, {2, 4}};
    assertThat(NonDominatedSorting.fronts(points))
        .containsExactly(List.of(0, 1, 3, 5, 6), List.of(2), List.of(4));
  }

  @Test
  void measuresTheRoomOfAPoint() {
    double[][] points = {{0, 10}, {1, 6}, {4, 4}, {10, 0}};
    double[] room = NonDominatedSorting.crowding(points, List.of(0, 1, 2, 3));
    assertThat(room[0]).isInfinite();
    assertThat(room[3]).isInfinite();
    // By hand: (4 - 0) / 10 + (10 - 4) / 10, and (10 - 1) / 10 + (6 - 0) / 10.
    assertThat(room[1]).isCloseTo(1.0, within(1e-12));
    assertThat(room[2]).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void givesNoRoomWhereAllAreEqual() {
    double[][] points = {{1, 1}, {1, 1}, {1, 1}};
    assertThat(NonDominatedSorting.crowding(points, List.of(0, 1, 2))).doesNotContain(Double.NaN);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void putsAPointBehindOneThatBeatsItAndNoFurther(long seed) {
    RandomStream random = RandomStream.of(seed, "points");
    double[][] points = new double[60][3];
    for (double[] point : points) {
      for (int i = 0; i < 3; i++) {
        point[i] = random.nextInt(6);
      }
    }
    List<List<Integer>> fronts = NonDominatedSorting.fronts(points);
    assertThat(fronts.stream().flatMap(List::stream)).hasSize(60).doesNotHaveDuplicates();
    for (int rank = 0; rank < fronts.size(); rank++) {
      for (int point : fronts.get(rank)) {
        assertThat(fronts.get(rank))
            .noneMatch(other -> NonDominatedSorting.dominates(points[other], points[point]));
        if (rank > 0) {
          assertThat(fronts.get(rank - 1))
              .anyMatch(other -> NonDominatedSorting.dominates(points[other], points[point]));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void agreesWithTheParetoFront(long seed) {
    for (int costs = 1; costs <= 3; costs++) {
      RandomStream random = RandomStream.of(seed, "points", costs);
      double[][] points = new double[60][costs + 1];
      List<Point<Integer>> candidates = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        for (int value = 0; value <= costs; value++) {
          points[i][value] = random.nextDouble();
        }
        List<Double> turned = Arrays.stream(points[i]).skip(1).map(x -> -x).boxed().toList();
        candidates.add(new Point<>(i, points[i][0], turned));
      }
      List<Point<Integer>> front = ParetoFront.of(candidates);
      assertThat(front.stream().map(Point::what))
          .containsExactlyInAnyOrderElementsOf(NonDominatedSorting.fronts(points).getFirst());
      assertThat(front.stream().map(point -> point.costs().getFirst())).isSorted();
    }
  }

  @Test
  void theParetoFrontIsCheapestFirstAndNamesOneOfEqualOnes() {
    Point<String> cheap = new Point<>("cheap", 0.5, List.of(1.0));
    Point<String> good = new Point<>("good", 0.9, List.of(7.0));
    assertThat(
            ParetoFront.of(
                List.of(
                    good,
                    new Point<>("worse at this cost", 0.8, List.of(7.0)),
                    new Point<>("dearer", 0.9, List.of(8.0)),
                    cheap,
                    new Point<>("the same", 0.5, List.of(1.0)))))
        .containsExactly(cheap, good);
    assertThat(ParetoFront.of(List.of())).isEmpty();
  }
}
