package dev.espalier.learning.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The networks of every space that is listed")
class SpaceNetworksContractTest {
  private static final int CLASSES = 7;
  private static final int SIDE = 16;
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 40, 20, 4);
  private static final IndicatorSettings SMALL =
      new IndicatorSettings(
          new NtkSettings(4, 8, 3, 1, "kaiming", "summed", "float64", true),
          new RegionSettings(50, 1, 3, 1, "kaiming"),
          false,
          false);

  static List<String> spaces() {
    return NetworksBySpace.all().stream().map(SpaceNetworks::space).toList();
  }

  private static TrainSpecification training(String space, Architecture architecture) {
    return TrainSpecification.preset(
        "quick", Map.of("space", space, "architecture", architecture.canonical()));
  }

  private static SearchSpace searched(String name) {
    Architecture any = SearchSpaces.named(name).random(RandomStream.of(0, "any"));
    return training(name, any).network().space();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void haveAsManyParametersAsTheCostSays(String name) {
    SearchSpace space = searched(name);
    RandomStream stream = RandomStream.of(1, "contract", name);
    for (int i = 0; i < 5; i++) {
      Architecture architecture = space.random(stream);
      TrainSpecification specification = training(name, architecture);
      ParameterSource weights = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 0, name, i);
      try (TrainableNetwork network =
          NetworksBySpace.of(space)
              .trainee(specification.network(), architecture, SIDE)
              .network(Torch.cpu(), CLASSES, weights, false)) {
        long parameters = network.parameters().values().stream().mapToLong(Tensor::size).sum();
        assertThat(parameters)
            .as(architecture.canonical())
            .isEqualTo(specification.network().cost(architecture, SIDE, CLASSES).parameters());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Indicator.class)
  void areMeasuredToTheSameBitsByEveryIndicator(Indicator indicator) {
    IndicatorImages images = IndicatorImages.of(DATA, SMALL.ntk(), SMALL.regions());
    for (SpaceNetworks networks : NetworksBySpace.all()) {
      if (networks instanceof MeasuredNetworks measured
          && indicator.cost() != Criterion.Cost.COUNTED) {
        SearchSpace space = searched(networks.space());
        RandomStream stream = RandomStream.of(2, "contract", networks.space());
        List<Architecture> some = List.of(space.random(stream), space.random(stream));
        List<@Nullable Double> once = scores(measured, images, indicator, some);
        assertThat(once)
            .as(networks.space())
            .isEqualTo(scores(measured, images, indicator, some))
            .allSatisfy(value ->
                assertThat(value == null || Double.isFinite(Objects.requireNonNull(value)))
                    .isTrue());
        // What was measured before does not matter.
        assertThat(scores(measured, images, indicator, some.reversed()).reversed()).isEqualTo(once);
      }
    }
  }

  private static List<@Nullable Double> scores(
      MeasuredNetworks networks,
      IndicatorImages images,
      Indicator indicator,
      List<Architecture> architectures) {
    List<@Nullable Double> scores = new ArrayList<>();
    try (ArchitectureIndicators indicators =
        networks.indicators(Torch.cpu(), images, SMALL, new ScoringSettings(4, 1, 8, 8))) {
      architectures.forEach(each -> scores.add(indicators.score(each, indicator, 3)));
    }
    return scores;
  }
}
