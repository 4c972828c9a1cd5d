package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.darts.GenotypeNetwork;
import dev.espalier.search.space.nasbench201.CellNetwork;
import dev.espalier.search.space.parallel.MacroShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A training's specification")
class TrainSpecificationTest {
  private static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";
  private static final String LAYERS = "skip+sep3|dil5|sep7|skip|sep5+dil3";

  private static final String GENOTYPE =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
          + " ('skip_connect', 0), ('sep_conv_3x3', 1), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
          + " normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('skip_connect', 2),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2)], reduce_concat=range(2, 6))";

  private static TrainSpecification read(String recipe, String architecture, String... sets) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("architecture", architecture);
    for (int i = 0; i < sets.length; i += 2) {
      all.put(sets[i], sets[i + 1]);
    }
    return TrainSpecification.preset(recipe, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "nas-bench-201", "darts-cifar", "darts-imagenet"})
  void everyRecipeIsCompleteForEverySpace(String recipe) {
    TrainSpecification cell = read(recipe, CELL);
    assertThat(cell.space()).isEqualTo("nas-bench-201");
    assertThat(cell.network()).isInstanceOf(CellNetwork.class);
    assertThat(cell.parsed().canonical()).isEqualTo(CELL);
    TrainSpecification layers = read(recipe, LAYERS);
    assertThat(layers.space()).isEqualTo("parallel-ops");
    assertThat(layers.network()).isEqualTo(MacroShape.PUBLISHED);
    assertThat(layers.evaluation().refinements().auxiliaryWeight()).isZero();
    assertThat(layers.parsed().canonical()).isEqualTo(LAYERS);
    TrainSpecification genotype = read(recipe, GENOTYPE);
    assertThat(genotype.space()).isEqualTo("darts");
    assertThat(genotype.network()).isInstanceOf(GenotypeNetwork.class);
    assertThat(genotype.parsed().canonical()).isEqualTo(GENOTYPE);
    for (TrainSpecification each : new TrainSpecification[] {cell, layers, genotype}) {
      assertThat(each.preset()).isEqualTo(recipe);
      assertThat(Json.read(each.canonical(), Specification.class)).isEqualTo(each);
      assertThat(each.canonical()).doesNotContain("spaces");
    }
  }

  @Test
  void refusesATextLongerThanAnyArchitecture() {
    assertThatThrownBy(() -> read("quick", CELL + " ".repeat(1_000_000)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("architecture must have at most 10,000 characters, but has 1,000,0");
  }

  /** Liu, Simonyan and Yang, ICLR 2019, section 3.2: CIFAR-10. */
  @Test
  void theRecipeOfDartsIsThePublishedOne() {
    TrainingSettings darts = read("darts-cifar", CELL).evaluation();
    assertThat(darts.epochs()).isEqualTo(600);
    assertThat(darts.basics().batch()).isEqualTo(96);
    assertThat(darts.basics().learningRate()).isEqualTo(0.025);
    assertThat(darts.basics().weightDecay()).isEqualTo(3e-4);
    assertThat(darts.basics().cutout()).isEqualTo(16);
    assertThat(darts.refinements().dropPath()).isEqualTo(0.2);
    assertThat(darts.refinements().auxiliaryWeight()).isEqualTo(0.4);
    assertThat(darts.refinements().clipping()).isEqualTo(5);
  }

  /** Liu, Simonyan and Yang, ICLR 2019: 3.3 M and 4.7 M parameters, without auxiliary heads. */
  @Test
  void theNetworksOfDartsAreThePublishedOnes() {
    TrainSpecification cifar = read("darts-cifar", GENOTYPE);
    assertThat(cifar.network()).isEqualTo(new GenotypeNetwork("cifar", 36, 20));
    assertThat(cifar.evaluation().refinements().auxiliaryWeight()).isEqualTo(0.4);
    assertThat(cifar.evaluation().refinements().dropPath()).isEqualTo(0.2);
    assertThat(cifar.cost(10).parameters()).isEqualTo(3_349_342);
    TrainSpecification imageNet = read("darts-imagenet", GENOTYPE);
    assertThat(imageNet.network()).isEqualTo(new GenotypeNetwork("imagenet", 48, 14));
    assertThat(imageNet.evaluation().refinements().auxiliaryWeight()).isEqualTo(0.4);
    assertThat(imageNet.evaluation().labelSmoothing()).isEqualTo(0.1);
    assertThat(imageNet.cost(1000).parameters()).isEqualTo(4_718_752);
  }

  @Test
  void settingsOfAGenotypesNetworkThatGoNotTogetherAreExplained() {
    assertThatThrownBy(() -> read("darts-imagenet", GENOTYPE, "evaluation.imageSize", "32"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "evaluation.imageSize (32) leaves the auxiliary head a single pixel: use at least 36");
    assertThat(
            read("darts-imagenet", GENOTYPE, "evaluation.imageSize", "36").evaluation().imageSize())
        .isEqualTo(36);
    assertThatThrownBy(() -> read("darts-imagenet", GENOTYPE, "network.channels", "7"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network.channels must be even behind the skeleton imagenet");
    assertThatThrownBy(() -> read("quick", GENOTYPE, "network.skeleton", "imagnet"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Did you mean imagenet?");
    assertThatThrownBy(() -> read("quick", GENOTYPE, "network.stem", "16"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network must have cells, channels, skeleton");
    assertThatThrownBy(() -> read("quick", GENOTYPE.replace("('skip_connect', 0)", "('skip', 0)")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("architecture: ");
  }

  @Test
  void settingsWinOverTheRecipe() {
    TrainSpecification changed =
        read(
            "darts-cifar",
            CELL,
            "evaluation.epochs",
            "7",
            "network.channels",
            "4",
            "evaluation.auxiliaryWeight",
            "0.1");
    assertThat(changed.evaluation().epochs()).isEqualTo(7);
    assertThat(changed.network()).isEqualTo(new CellNetwork(4, 5));
    assertThat(changed.evaluation().refinements().auxiliaryWeight()).isEqualTo(0.1);
  }

  @Test
  void whatCannotBeTrainedIsExplained() {
    assertThatThrownBy(() -> TrainSpecification.preset("quick", Map.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "architecture is missing: it must be an architecture in the notation of its space");
    assertThatThrownBy(() -> read("quick", CELL.replace("avg_pool_3x3", "avg_pool")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("architecture: ")
        .hasMessageContaining("avg_pool");
    assertThatThrownBy(() -> read("quick", "skip|sep3"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("architecture: ");
    assertThatThrownBy(() -> read("quick", CELL, "network.stem", "16"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network must have cells, channels");
    assertThatThrownBy(() -> read("darts-cifar", LAYERS, "evaluation.auxiliaryWeight", "0.4"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("evaluation.auxiliaryWeight must be 0");
    assertThatThrownBy(() -> read("quick", CELL, "preset", "published"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("preset must be one of quick, nas-bench-201");
    assertThatThrownBy(() -> read("quick", CELL, "evaluation.dropPath", "2"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("evaluation.dropPath must be a number between 0 and 0.9");
  }
}
