package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.NetworkSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A specification with NAS-Bench-101 cells")
class GraphCellSpecificationTest {
  private static final String CELL = "conv3x3@0-maxpool3x3@0+1-output@1+2";

  private static TrainSpecification train(String preset, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    all.put("architecture", CELL);
    return TrainSpecification.preset(preset, all);
  }

  @ParameterizedTest(name = "of the recipe {0}")
  @ValueSource(strings = {"nas-bench-201", "darts-cifar", "darts-imagenet"})
  void hasTheBenchmarksNetwork(String recipe) {
    TrainSpecification specification = train(recipe, Map.of());
    assertThat(specification.space()).isEqualTo(NasBench101.NAME);
    assertThat(specification.network()).isEqualTo(GraphCellNetwork.PUBLISHED);
    assertThat(Json.read(Json.write(specification.network()), NetworkSettings.class))
        .isEqualTo(GraphCellNetwork.PUBLISHED);
  }

  @Test
  void keepsTheCellAsOneString() {
    assertThat(
            train("quick", Map.of("network.channels", "8"))
                .network()
                .cost(GraphCell.parse(CELL), 16, 4))
        .isEqualTo(new GraphCellNetwork(8, 3, 1).cost(GraphCell.parse(CELL), 16, 4));
  }

  @Test
  void drawsDifferentCells() {
    RandomSpecification specification =
        RandomSpecification.preset("quick", Map.of("space", NasBench101.NAME));
    List<String> drawn = specification.draw(10);
    assertThat(drawn).hasSize(8).doesNotHaveDuplicates();
    assertThat(drawn)
        .allSatisfy(each -> assertThat(GraphCell.parse(each).canonical()).isEqualTo(each));
    assertThat(specification.network()).isEqualTo(new GraphCellNetwork(16, 3, 1));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "network.channels; 3; network.channels must be at least 4, since a cell may have so many vertices side by side",
        "network.stacks; 5; evaluation.imageSize (20) must be a multiple of 16, since 5 stacks halve it so often.",
        "network.stacks; 6; network.stacks must be between 1 and 5",
        "evaluation.auxiliaryWeight; 0.4; evaluation.auxiliaryWeight must be 0 for cells of NAS-Bench-101",
        "network.stem; 16; network must have cells, channels, stacks for an architecture of nas-bench-101",
        "architecture; conv3x3@0-conv1x1@2-output@2; architecture: not a NAS-Bench-101 cell: at position 19"
      })
  void saysWhatIsImpossible(String path, String value, String message) {
    Map<String, String> sets = new HashMap<>(Map.of("architecture", CELL));
    sets.put("evaluation.imageSize", "20");
    sets.put(path, value);
    assertThatThrownBy(() -> TrainSpecification.preset("quick", sets))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }
}
