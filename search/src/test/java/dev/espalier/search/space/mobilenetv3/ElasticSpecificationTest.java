package dev.espalier.search.space.mobilenetv3;

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

@DisplayName("A specification with MobileNetV3 networks")
class ElasticSpecificationTest {
  private static final String NETWORK = "k3e3-k5e6|k7e4-k3e3|k3e6-k3e6|k5e4-k5e4-k5e4|k7e6-k7e6";

  @ParameterizedTest(name = "of the recipe {0}")
  @ValueSource(strings = {"quick", "nas-bench-201", "darts-cifar", "darts-imagenet"})
  void knowsItsSpaceByTheArchitecture(String recipe) {
    TrainSpecification specification =
        TrainSpecification.preset(recipe, Map.of("architecture", NETWORK, "network.width", "1.2"));
    assertThat(specification.space()).isEqualTo(MobileNetV3.NAME);
    assertThat(((ElasticNetwork) specification.network()).width()).isEqualTo(1.2);
    assertThat(Json.read(Json.write(specification.network()), NetworkSettings.class))
        .isEqualTo(specification.network());
    assertThat(specification.cost(10))
        .isEqualTo(
            specification
                .network()
                .cost(
                    ElasticArchitecture.parse(NETWORK),
                    specification.evaluation().imageSize(),
                    10));
  }

  @Test
  void drawsDifferentNetworks() {
    List<String> drawn =
        RandomSpecification.preset("quick", Map.of("space", MobileNetV3.NAME)).draw(10);
    assertThat(drawn).hasSize(8).doesNotHaveDuplicates();
    assertThat(drawn)
        .allSatisfy(
            each -> assertThat(ElasticArchitecture.parse(each).canonical()).isEqualTo(each));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "network.width; 0.01; network.width must be between 0.05 and 4",
        "network.firstStride; 3; network.firstStride must be between 1 and 2",
        "network.firstStride; 2; evaluation.imageSize (16) must be at least 32, since the network halves it until",
        "evaluation.imageSize; 12; evaluation.imageSize (12) must be at least 16, since the network halves it until",
        "evaluation.imageSize; 4; evaluation.imageSize must be a multiple of 4 between 8 and 224",
        "evaluation.auxiliaryWeight; 0.4; evaluation.auxiliaryWeight must be 0 for networks of MobileNetV3",
        "network.cells; 3; network must have dropout, firstStride, width for an architecture of mobilenet-v3",
        "architecture; k3e3-k3e3|k3e3-k3e3; architecture: expected 5 stages"
      })
  void saysWhatIsImpossible(String path, String value, String message) {
    Map<String, String> sets = new HashMap<>(Map.of("architecture", NETWORK));
    sets.put(path, value);
    assertThatThrownBy(() -> TrainSpecification.preset("quick", sets))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }
}
