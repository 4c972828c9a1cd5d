package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.Npz;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NasBench101GraphTest {
  private static final ArchitectureEncoding ENCODING = EncodedSpaces.of(NasBench101.SPACE);
  private static final List<String> NAMES =
      List.of("output", "input", "conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3");

  @Test
  void kindsAreCountedAsByThePublishedProgram() {
    VertexGraph graph =
        ENCODING.encode(GraphCell.parse("conv3x3@0-maxpool3x3@0+1-output@1+2")).graph();

    assertThat(graph.kinds()).isEqualTo(5);
    assertThat(IntStream.range(0, 4).map(graph::kind)).containsExactly(1, 2, 4, 0);
    assertThat(graph.edges()).isEqualTo(5);
    assertThat(graph.hasEdge(0, 1)).isTrue();
    assertThat(graph.hasEdge(1, 2)).isTrue();
    assertThat(graph.hasEdge(2, 1)).isFalse();
    assertThat(graph.hasEdge(0, 3)).isFalse();
  }

  /** All cells of up to five vertices, and some of the others. */
  @Test
  void noTwoCellsHaveTheSameMarks() {
    Set<List<Boolean>> seen = new HashSet<>();
    int count = 0;
    for (int i = 0; i < NasBench101.SPACE.size(); i += i < 2532 ? 1 : 997) {
      EncodedArchitecture cell = ENCODING.encode(GraphCell.ofIndex(i));
      seen.add(IntStream.range(0, ENCODING.layout().marks()).mapToObj(cell::mark).toList());
      count++;
    }

    assertThat(seen).hasSize(count);
  }

  /** Cells with which the golden numbers were made are scored through the space. */
  @Test
  void goldenCellsGetThePublishedOutputs() {
    Npz golden = GoldenCells.file("full_model.npz");
    ConvolutionModel model =
        ConvolutionModel.of(
            ConvolutionTask.ACCURACY, TargetScale.NONE, GoldenCells.weights("full_model"));
    double[] sizes = golden.get("in/num_vertices");
    int compared = 0;
    for (int cell = 0; cell < sizes.length; cell++) {
      GraphCell parsed = GraphCell.parse(matrix(golden, cell, (int) sizes[cell]));
      if (parsed.vertices() == (int) sizes[cell]) {
        assertThat(model.predict(List.of(ENCODING.encode(parsed)))[0])
            .isCloseTo(golden.get("f32/pred")[cell], within(1e-5));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(10);
  }

  private static String matrix(Npz golden, int cell, int vertices) {
    StringBuilder text = new StringBuilder("[");
    for (int v = 0; v < vertices; v++) {
      text.append(v == 0 ? "[" : ",[");
      for (int u = 0; u < vertices; u++) {
        int edge = (int) golden.get("in/adjacency")[(cell * 7 + v) * 7 + u];
        text.append(u == 0 ? "" : ",").append(edge);
      }
      text.append(']');
    }
    text.append("], [");
    for (int v = 0; v < vertices; v++) {
      int kind = (int) golden.get("in/operations")[cell * 7 + v] + 2;
      text.append(v == 0 ? "'" : ", '").append(NAMES.get(kind)).append('\'');
    }
    return text.append(']').toString();
  }

  @Test
  void cellsOfAnotherSpaceAreRefused() {
    assertThatThrownBy(() -> ENCODING.encode(NasBench201.SPACE.random(RandomStream.of(0))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not in the space");
  }

  @Test
  void realCellsAreTakenByAPredictor() throws IOException {
    JsonNode cells =
        Json.read(
                Files.readString(SharedFiles.of("golden/neuralpredictor/real_cells.json")),
                JsonNode.class)
            .path("cells");
    assertThat(cells).hasSize(292);
    for (JsonNode each : cells) {
      List<String> names = new ArrayList<>();
      each.path("ops").forEach(code -> names.add(NAMES.get(code.asInt() + 2)));
      VertexGraph graph =
          ENCODING
              .encode(
                  GraphCell.parse(
                      each.path("adjacency") + ", ['" + String.join("','", names) + "']"))
              .graph();
      assertThat(graph.vertices()).isEqualTo(each.path("ops").size());
    }
  }
}
