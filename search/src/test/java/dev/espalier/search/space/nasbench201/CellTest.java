package dev.espalier.search.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A NAS-Bench-201 cell")
class CellTest {
  private static final String BEST =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";

  @Test
  void isParsedEdgeByEdge() {
    Cell cell =
        Cell.parse(
            "|none~0|+|skip_connect~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|");
    assertThat(cell.operators())
        .containsExactly(
            Operator.NONE,
            Operator.SKIP_CONNECT,
            Operator.NOR_CONV_1X1,
            Operator.NOR_CONV_3X3,
            Operator.AVG_POOL_3X3,
            Operator.NONE);
  }

  @Test
  void isPrintedAsItWasParsed() {
    assertThat(Cell.parse("  " + BEST + "\n").canonical()).isEqualTo(BEST);
    assertThat(Json.write(List.of(Cell.parse(BEST)))).isEqualTo("[\"" + BEST + "\"]");
    assertThat(Json.read('"' + BEST + '"', Cell.class)).isEqualTo(Cell.parse(BEST));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = ';',
      value = {
        "'';position 1 expected \"|\", but found the end",
        "nor_conv_3x3;position 1 expected \"|\", but found \"nor_conv_3x3\"",
        "|none~0|+|none~1|none~1|+|none~0|none~1|none~2|;position 15 expected \"~0|\", but found \"~1|none~1|+|\"",
        "|none~0|+|none~0|none~1|;position 25 expected \"+|\", but found the end",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|x;position 48 expected the end, but found \"x\"",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none;position 41 expected an operator and \"~2|\"",
      })
  void namesThePositionOfAMistake(String text, String message) {
    assertThatThrownBy(() -> Cell.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesTheOperatorThatWasMeant() {
    assertThatThrownBy(() -> Cell.parse("|none~0|+|none~0|nor_conv3x3~1|+|none~0|none~1|none~2|"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "at position 18: unknown operator \"nor_conv3x3\": allowed are none, skip_connect, nor_conv_1x1,"
                + " nor_conv_3x3, avg_pool_3x3. Did you mean nor_conv_3x3?");
  }

  @Test
  void hasSixOperators() {
    assertThatThrownBy(() -> new Cell(List.of(Operator.NONE))).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void has24NeighboursThatDifferOnOneEdge(long seed) {
    Cell cell = NasBench201.SPACE.random(RandomStream.of(seed, "cell"));
    List<Cell> neighbours = cell.neighbours();
    assertThat(neighbours).hasSize(24).doesNotHaveDuplicates();
    assertThat(neighbours)
        .allSatisfy(neighbour -> assertThat(differences(cell, neighbour)).isEqualTo(1));
    assertThat(neighbours)
        .allSatisfy(neighbour -> assertThat(neighbour.neighbours()).contains(cell));
  }

  private static long differences(Cell a, Cell b) {
    return IntStream.range(0, 6).filter(edge -> a.on(edge) != b.on(edge)).count();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void isDrawnUniformlyFromTheSpace(long seed) {
    RandomStream stream = RandomStream.of(seed, "cells");
    HashSet<Cell> drawn = new HashSet<>();
    for (int i = 0; i < 15_625; i++) {
      drawn.add(NasBench201.SPACE.random(stream));
    }
    // 15,625 draws hit 15,625 x (1 - 1/e) = 9,877 cells; deviation about 39.
    assertThat(drawn.size()).isBetween(9_680, 10_074);
  }

  @Test
  void belongsToASpaceThatIsFoundByName() {
    SearchSpace space = SearchSpaces.named("nas-bench-201");
    assertThat(space.title()).isEqualTo("NAS-Bench-201");
    assertThat(space.size()).isEqualTo(15_625);
    assertThat(space.parse(BEST)).isEqualTo(Cell.parse(BEST));
    assertThat(space.neighbours(Cell.parse(BEST))).hasSize(24);
    assertThat(SearchSpaces.all()).contains(space);
    assertThatThrownBy(() -> SearchSpaces.named("nasbench-201"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "unknown search space \"nasbench-201\": allowed is nas-bench-201, darts, nas-bench-101, "
                + "mobilenet-v3, parallel-ops. "
                + "Did you mean nas-bench-201?");
  }

  @Test
  void hasEdgesInTheBenchmarksOrder() {
    assertThat(Edge.ALL.toString()).isEqualTo("[1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2]");
    assertThat(Edge.ALL).allSatisfy(edge -> assertThat(Edge.ALL.get(edge.index())).isEqualTo(edge));
    assertThatThrownBy(() -> new Edge(1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
