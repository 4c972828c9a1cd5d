package dev.espalier.search.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.specification.SpecificationReader;
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

  /** Old specifications have none, and their JSON, which is in digests, says nothing of it. */
  @Test
  void namesASupernetOnlyIfOneIsWanted() {
    Map<String, String> sets = Map.of("architecture", NETWORK, "network.supernet", "ofa");
    TrainSpecification fresh = TrainSpecification.preset("quick", Map.of("architecture", NETWORK));
    assertThat(fresh.network().supernet()).isEmpty();
    assertThat(Json.write(fresh.network()))
        .isEqualTo("{\"width\":0.25,\"firstStride\":1,\"dropout\":0.0}");
    TrainSpecification begun = TrainSpecification.preset("quick", sets);
    assertThat(begun.network().supernet()).isEqualTo("ofa");
    assertThat(Json.read(begun.canonical(), Specification.class)).isEqualTo(begun);
    assertThat(begun.protocol().at("/network/supernet").asText()).isEqualTo("ofa");
    assertThat(fresh.protocol().at("/network").has("supernet")).isFalse();
    assertThatThrownBy(() ->
            TrainSpecification.preset(
                "quick",
                Map.of("architecture", "skip+sep3|dil5|sep7|skip|sep5", "network.supernet", "ofa")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network must have layers, operations, stem, tail for");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "metad2a-database, quick",
    "metad2a-database, published",
    "metad2a-train, quick",
    "metad2a-train, published",
    "metad2a, quick",
    "metad2a, published"
  })
  void isSearchedByMetaD2a(String method, String preset) {
    Specification specification =
        SpecificationReader.preset(method, preset, Map.of("space", MobileNetV3.NAME));
    assertThat(specification.space()).isEqualTo(MobileNetV3.NAME);
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
    if (specification instanceof TrainsNetworks trains) {
      assertThat(trains.training().network()).isInstanceOf(ElasticNetwork.class);
    }
  }

  /** So that one command makes its models, too, where none are at hand. */
  @Test
  void isSearchedByModelsThatAreMadeFirstOfTheSameSpace() {
    HasPrerequisites search =
        (HasPrerequisites)
            SpecificationReader.preset(
                "metad2a",
                "quick",
                Map.of("space", MobileNetV3.NAME, "models.train.tasks.make.preset", "quick"));
    assertThat(search.prerequisites())
        .extracting(Specification::method, Specification::space)
        .containsExactly(
            tuple("metad2a-database", MobileNetV3.NAME), tuple("metad2a-train", MobileNetV3.NAME));
  }

  @Test
  void drawsNetworksThatHearOfTheirInputWhateverTheirDepths() {
    for (String depths : List.of("2", "3", "4", "[2, 3, 4, 4, 2]")) {
      ElasticArchitecture network =
          ElasticArchitecture.parse("{'ks': 3, 'e': 3, 'd': %s}".formatted(depths));
      assertThat(MobileNetV3.SPACE.graph(network).carries()).as(depths).isTrue();
    }
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
      quoteCharacter = '"',
      value = {
        "network.width; 0.01; network.width must be between 0.05 and 4",
        "network.firstStride; 3; network.firstStride must be between 1 and 2",
        "network.firstStride; 2; evaluation.imageSize (16) must be at least 32, since the network halves it until",
        "evaluation.imageSize; 12; evaluation.imageSize (12) must be at least 16, since the network halves it until",
        "evaluation.imageSize; 4; evaluation.imageSize must be a multiple of 4 between 8 and 224",
        "evaluation.auxiliaryWeight; 0.4; evaluation.auxiliaryWeight must be 0 for networks of MobileNetV3",
        "network.cells; 3; network must have dropout, firstStride, width (and may have supernet) for an",
        "network.supernet; OFA!; network.supernet must be a name of lower-case letters, digits, '.', '_' and",
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
