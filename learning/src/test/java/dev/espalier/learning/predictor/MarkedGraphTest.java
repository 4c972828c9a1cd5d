package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkedGraphTest {
  private static VertexGraph graph(String cell) {
    return EncodedSpaces.of(NasBench201.SPACE).encode(Cell.parse(cell)).graph();
  }

  @Test
  void aCellHasAVertexForEachOperatorAndEachNode() {
    VertexGraph graph =
        graph("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|");

    assertThat(graph.vertices()).isEqualTo(10);
    assertThat(graph.edges()).isEqualTo(12);
    assertThat(graph.kinds()).isEqualTo(Operator.ALL.size() + 3);
    assertThat(IntStream.range(0, 10).map(graph::kind).filter(k -> k == VertexGraph.INPUT))
        .hasSize(1);
    assertThat(IntStream.range(0, 10).map(graph::kind).filter(k -> k == VertexGraph.OUTPUT))
        .hasSize(1);
  }

  @Test
  void anOperatorStandsBetweenTheNodesOfItsEdge() {
    VertexGraph graph = graph("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|");
    int input = only(graph, VertexGraph.INPUT);
    int convolution =
        only(graph, VertexGraph.FIRST_OPERATION + Operator.parse("nor_conv_3x3").index());
    int node =
        IntStream.range(0, 10).filter(v -> graph.hasEdge(convolution, v)).findFirst().orElseThrow();

    assertThat(graph.hasEdge(input, convolution)).isTrue();
    assertThat(graph.hasEdge(convolution, input)).isFalse();
    assertThat(graph.kind(node)).isEqualTo(graph.kinds() - 1);
    assertThat(IntStream.range(0, 10).filter(v -> graph.hasEdge(node, v))).hasSize(2);
  }

  private static int only(VertexGraph graph, int kind) {
    int[] found = IntStream.range(0, 10).filter(v -> graph.kind(v) == kind).toArray();
    assertThat(found).hasSize(1);
    return found[0];
  }

  @Test
  void parallelOperationsAreVerticesBesideEachOther() {
    VertexGraph graph =
        EncodedSpaces.of(ParallelSpace.PUBLISHED)
            .encode(ParallelSpace.PUBLISHED.parse("skip+sep3|dil5|sep7|sep3|sep5"))
            .graph();

    assertThat(graph.vertices()).isEqualTo(6 + 6);
    assertThat(graph.edges()).isEqualTo(2 * 6);
  }
}
