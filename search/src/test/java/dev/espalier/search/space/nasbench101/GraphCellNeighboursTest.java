package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The neighbours of a NAS-Bench-101 cell")
class GraphCellNeighboursTest {
  static Stream<Long> seeds() {
    return LongStream.range(0, 40).boxed();
  }

  private static List<String> of(String cell) {
    return GraphCellNeighbours.of(GraphCell.parse(cell)).stream()
        .map(GraphCell::canonical)
        .toList();
  }

  @Test
  void areOneEdgeOrOneOperationAway() {
    assertThat(of("conv3x3@0-output@0+1"))
        .containsExactly(
            // the edge from the input to the output
            "conv3x3@0-output@1",
            // another operation
            "conv1x1@0-output@0+1",
            "maxpool3x3@0-output@0+1",
            // one more from the input to vertex 1, then to the output, then from vertex 1 to it
            "conv3x3@0-conv3x3@0+1-output@0+2",
            "conv1x1@0-conv3x3@0+1-output@0+2",
            "maxpool3x3@0-conv3x3@0+1-output@0+2",
            "conv3x3@0-conv3x3@0-output@0+1+2",
            "conv3x3@0-conv1x1@0-output@0+1+2",
            "conv3x3@0-maxpool3x3@0-output@0+1+2",
            "conv3x3@0-conv3x3@1-output@0+1+2",
            "conv3x3@0-conv1x1@1-output@0+1+2",
            "conv3x3@0-maxpool3x3@1-output@0+1+2",
            // one less
            "output@0");
  }

  @Test
  void ofTheSmallestCellHaveOneOperation() {
    assertThat(of("output@0"))
        .containsExactly("conv3x3@0-output@0+1", "conv1x1@0-output@0+1", "maxpool3x3@0-output@0+1");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areMutual(long seed) {
    GraphCell cell = NasBench101.SPACE.random(RandomStream.of(seed, "neighbours"));
    List<GraphCell> neighbours = GraphCellNeighbours.of(cell);
    assertThat(neighbours).doesNotContain(cell).doesNotHaveDuplicates();
    assertThat(neighbours)
        .allSatisfy(each -> assertThat(GraphCellNeighbours.of(each)).contains(cell));
  }

  /** To all 2,532 with at most five vertices. */
  @Test
  void leadToAllSmallCells() {
    Set<GraphCell> found = new HashSet<>();
    Deque<GraphCell> open = new ArrayDeque<>(List.of(GraphCell.ofIndex(0)));
    while (!open.isEmpty()) {
      GraphCell next = open.remove();
      if (next.vertices() <= 5 && found.add(next)) {
        open.addAll(GraphCellNeighbours.of(next));
      }
    }
    assertThat(found).hasSize(2_532);
  }
}
