package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Cost;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The network of a NAS-Bench-101 cell")
class GraphCellCostTest {
  private static int[] widths(String cell, int in, int out) {
    GraphCell parsed = GraphCell.parse(cell);
    GraphWidths widths = new GraphWidths(parsed, in, out);
    int[] all = new int[parsed.vertices()];
    for (int vertex = 0; vertex < all.length; vertex++) {
      all[vertex] = widths.of(vertex);
    }
    return all;
  }

  /** EC-NAS counted them with the benchmark's own program. */
  @Test
  void hasTheParametersOfEverySmallCellOfTheBenchmark() throws IOException {
    for (PublishedCell each : PublishedCell.small()) {
      assertThat(NasBench101.SPACE.standardCost(each.cell()).parameters())
          .as("%s", each)
          .isEqualTo(each.parameters());
    }
  }

  /**
   * The others were built with vertices in another order than the benchmark's list has: channels
   * that cannot be shared out evenly then go to others.
   */
  @Test
  void hasTheParametersOfMostRealCellsAndNearlyThoseOfTheOthers() throws IOException {
    List<PublishedCell> real = PublishedCell.golden("real_cells.json");
    assertThat(real).hasSize(292);
    int exact = 0;
    for (PublishedCell each : real) {
      long parameters = NasBench101.SPACE.standardCost(each.cell()).parameters();
      exact += parameters == each.parameters() ? 1 : 0;
      assertThat((double) parameters / each.parameters()).as("%s", each).isCloseTo(1, within(0.02));
    }
    assertThat(exact).isEqualTo(267);
  }

  @Test
  void sharesOutChannelsAsTheBenchmarkDoes() {
    // three side by side: 128 = 43 + 43 + 42
    assertThat(widths("conv3x3@0-conv1x1@0-maxpool3x3@0-output@1+2+3", 64, 128))
        .containsExactly(64, 43, 43, 42, 128);
    // 1 is read by 2 and 3, of which 2 is wider; the input's edge to the output takes no channels
    assertThat(widths("conv3x3@0-conv1x1@1-maxpool3x3@1-output@0+2+3", 5, 5))
        .containsExactly(5, 3, 3, 2, 5);
    assertThat(widths("output@0", 128, 256)).containsExactly(128, 256);
    assertThatThrownBy(
            () -> widths("conv3x3@0-conv1x1@0-maxpool3x3@0-conv1x1@0-output@1+2+3+4", 3, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("3 channels cannot be shared out among 4 vertices");
  }

  /** By hand, C=8, two stacks of two cells, 7 classes, 3x16x16. */
  @Test
  void costsWhatItsLayersCost() {
    GraphCell cell = GraphCell.parse("conv3x3@0-maxpool3x3@0+1-output@0+2");
    long stem = 27 * 8;
    // each: the projections to vertex 1, 2 and the output, and the convolution at vertex 1
    long first = 3 * 8 * 8 + 9 * 8 * 8;
    long wider = 3 * 8 * 16 + 9 * 16 * 16;
    long wide = 3 * 16 * 16 + 9 * 16 * 16;
    long linear = 16 * 7 + 7;
    long norms = 2 * (8 + 2 * 4 * 8 + 2 * 4 * 16);
    assertThat(new GraphCellNetwork(8, 2, 2).cost(cell, 16, 7))
        .isEqualTo(
            new Cost(
                (stem + 2 * first) * 256 + (wider + wide) * 64 + linear,
                stem + 2 * first + wider + wide + linear + norms));
  }

  @Test
  void hasSettingsThatArePossible() {
    assertThat(new GraphCellNetwork(4, 3, 2).places())
        .hasSize(6)
        .endsWith(
            new GraphCellNetwork.Place(2, 0, 8, 16), new GraphCellNetwork.Place(2, 1, 16, 16));
    assertThat(new GraphCellNetwork(4, 3, 2).totalStride()).isEqualTo(4);
    assertThatThrownBy(() -> new GraphCellNetwork(3, 3, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("channels must be at least 4");
    assertThatThrownBy(() -> new GraphCellNetwork(4, 0, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("stacks must be at least 1");
  }
}
