package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("All NAS-Bench-101 cells")
class AllCellsTest {
  /** Counts of golden/neuralpredictor/hashes.json. */
  @ParameterizedTest(name = "{1} have {0} vertices")
  @CsvSource({"2, 1", "3, 6", "4, 84", "5, 2441", "6, 62010", "7, 359082"})
  void areFoundOnceEach(int vertices, int count) {
    assertThat(AllCells.get().count(vertices)).isEqualTo(count);
  }

  @Test
  void areNumberedByVerticesAndThenByCode() {
    AllCells all = AllCells.get();
    for (int number = 1; number < AllCells.COUNT; number++) {
      int vertices = all.vertices(number);
      boolean isOrdered =
          all.vertices(number - 1) < vertices
              || (all.vertices(number - 1) == vertices && all.code(number - 1) < all.code(number));
      assertThat(isOrdered).as("number %d", number).isTrue();
    }
    assertThat(GraphCell.ofIndex(0).canonical()).isEqualTo("output@0");
    assertThat(GraphCell.ofIndex(1).canonical()).isEqualTo("conv3x3@0-output@1");
    assertThat(GraphCell.ofIndex(AllCells.COUNT - 1).canonical())
        .isEqualTo(
            "maxpool3x3@0-maxpool3x3@1-maxpool3x3@2-maxpool3x3@3-maxpool3x3@4-output@2+3+4+5");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void areTheirOwnCanonicalForm(long seed) {
    RandomStream stream = RandomStream.of(seed, "numbers");
    for (int draw = 0; draw < 2_000; draw++) {
      int number = stream.nextInt(AllCells.COUNT);
      GraphCell cell = GraphCell.ofIndex(number);
      assertThat(cell.index()).isEqualTo(number);
      assertThat(GraphCell.canonical(cell.vertices(), cell.edgeBits(), cell.labels()))
          .isEqualTo(cell);
      assertThat(cell.edges()).isLessThanOrEqualTo(9);
      assertThat(GraphCode.isWhole(cell.vertices(), cell.edgeBits())).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void areTheSameInWhateverOrderTheVerticesAreGiven(long seed) {
    RandomStream stream = RandomStream.of(seed, "orders");
    for (int draw = 0; draw < 500; draw++) {
      GraphCell cell = GraphCell.ofIndex(stream.nextInt(AllCells.COUNT));
      VertexOrders orders = VertexOrders.of(cell.vertices());
      int order = stream.nextInt(orders.count());
      int edges = orders.edges(order, cell.edgeBits());
      if (edges >= 0) {
        assertThat(GraphCell.canonical(cell.vertices(), edges, orders.labels(order, cell.labels())))
            .isEqualTo(cell);
      }
    }
  }

  @Test
  void haveTheOfficialHashes() throws IOException {
    List<PublishedCell> golden = PublishedCell.golden("hashes.json");
    assertThat(golden).hasSize(47);
    for (PublishedCell each : golden) {
      assertThat(each.cell().hash()).as("%s", each).isEqualTo(each.hash());
    }
  }

  /** EC-NAS listed the small cells with the benchmark's own program. */
  @Test
  void standInTheBenchmarksOwnOrderOfVerticesAndNumbers() throws IOException {
    List<PublishedCell> small = PublishedCell.small();
    assertThat(small).hasSize(2_805);
    for (PublishedCell each : small) {
      assertThat(each.cell().hash()).isEqualTo(each.hash());
      assertThat(each.isInOrder()).as("%s", each).isTrue();
    }
    assertThat(small.stream().map(PublishedCell::cell).distinct().mapToInt(GraphCell::index).sum())
        .isEqualTo(2_532 * 2_531 / 2);
  }

  @Test
  void endAtTheLastNumber() {
    assertThatThrownBy(() -> GraphCell.ofIndex(423_624))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("a NAS-Bench-101 cell's number must be between 0 and 423623, but was 423624");
    assertThatThrownBy(() -> GraphCell.ofIndex(-1)).isInstanceOf(InvalidInput.class);
  }

  /** 64 groups of numbers; chi square's bound of 1 in 10,000 at 63 degrees of freedom is 113.5. */
  @Test
  void areDrawnUniformly() {
    RandomStream stream = RandomStream.of(1, "uniform");
    int draws = 64_000;
    double[] drawn = new double[64];
    for (int draw = 0; draw < draws; draw++) {
      drawn[(int) (64L * NasBench101.SPACE.random(stream).index() / AllCells.COUNT)]++;
    }
    double chiSquare = 0;
    for (double count : drawn) {
      chiSquare += (count - draws / 64.0) * (count - draws / 64.0) / (draws / 64.0);
    }
    assertThat(chiSquare).isLessThan(113.5);
  }
}
