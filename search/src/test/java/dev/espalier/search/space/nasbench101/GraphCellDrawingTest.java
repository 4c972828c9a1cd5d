package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A drawing of a NAS-Bench-101 cell")
class GraphCellDrawingTest {
  @Test
  void hasALineForEachVertexInATerminal() {
    assertThat(GraphCell.parse("conv3x3@0-maxpool3x3@0+1-conv1x1@1-output@0+2+3").text())
        .isEqualTo(
            """
             input
               │
               ●─────▶ conv 3×3
               │         │
               ●─────────●─────▶ max pool 3×3
               │         │         │
               │         ●─────────┼─────▶ conv 1×1
               │                   │         │
               ●───────────────────●─────────●─────▶ output
            """);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void showsEveryVertexAndEdge(long seed) throws Exception {
    GraphCell cell = NasBench101.SPACE.random(RandomStream.of(seed, "drawing"));
    assertThat(cell.text().chars().filter(sign -> sign == '●').count()).isEqualTo(cell.edges());
    assertThat(cell.text().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(77));
    assertThat(cell.dot().split(" -> ", -1)).hasSize(cell.edges() + 1);
    assertThat(cell.dot().split("shape=box", -1)).hasSize(cell.operations().size() + 1);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(cell.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(cell.operations().size());
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
    assertThat(svg.getElementsByTagName("title").getLength())
        .isEqualTo(1 + cell.operations().size() + cell.edges());
  }
}
