package dev.espalier.search.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.SharedData;
import dev.espalier.search.space.parallel.ArchitectureGraph.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The graph of an architecture")
class ArchitectureGraphTest {
  @Test
  void isThePublishedMatrixOfTheEvolvedNetwork() throws IOException {
    List<String> lines =
        Files.readAllLines(
            SharedData.file("data/gnn-predictor-cifar100/evolution_architecture.csv"));
    String[] cells = lines.get(1).split(",", -1);
    assertThat(cells).hasSize(36 * 36);
    List<Edge> published = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      if (Double.parseDouble(cells[i]) == 1 && i / 36 != i % 36) {
        published.add(new Edge(i / 36, i % 36));
      }
    }
    ParallelArchitecture evolved = ParallelSpace.PUBLISHED.of(PublishedNetworks.evolved());
    ArchitectureGraph graph = ArchitectureGraph.of(ParallelSpace.PUBLISHED, evolved);
    assertThat(graph.vertices()).isEqualTo(36);
    assertThat(graph.edges()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void leavesOperationsThatAreNotSelectedAlone() {
    MacroShape shape =
        new MacroShape(
            4,
            List.of(new LayerShape(6, 2), new LayerShape(6, 1)),
            List.of(Operation.SKIP, Operation.SEPARABLE_3),
            10);
    assertThat(
            ArchitectureGraph.of(
                new ParallelSpace(shape), ParallelArchitecture.parse("sep3|skip+sep3")))
        .isEqualTo(
            new ArchitectureGraph(
                7,
                List.of(
                    new Edge(0, 2),
                    new Edge(2, 3),
                    new Edge(3, 4),
                    new Edge(4, 6),
                    new Edge(3, 5),
                    new Edge(5, 6))));
  }
}
