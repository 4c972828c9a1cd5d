package dev.espalier.learning.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.LabelledBatch;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of genotypes. */
class GenotypeIndicatorsTest {
  private static final Genotype GENOTYPE = random(1);

  /** As in published tables: operators that pass nothing, nodes that read one state twice. */
  private static final Genotype TWINS =
      genotype("('sep_conv_3x3', 0), ('sep_conv_3x3', 0)", "('skip_connect', 1), ('none', 1)");

  private static final Genotype NOTHING =
      genotype("('none', 0), ('none', 1)", "('none', 0), ('none', 1)");

  private static final ScoringSettings NETWORK = new ScoringSettings(4, 3, 6, 8);

  private final Torch torch = Torch.cpu();

  private static Genotype random(long seed) {
    return DartsSpace.SPACE.random(RandomStream.of(seed, "genotype"));
  }

  private static Genotype genotype(String normal, String reduce) {
    return Genotype.parse(
        "Genotype(normal=[%s], normal_concat=range(2, 6), reduce=[%s], reduce_concat=range(2, 6))"
            .formatted(fourTimes(normal), fourTimes(reduce)));
  }

  private static String fourTimes(String genes) {
    return String.join(", ", genes, genes, genes, genes);
  }

  private static IndicatorSettings settings() {
    return TeNasSpecification.preset(
            "quick",
            Map.of(
                "space", "darts",
                "search.ntk.batch", "4",
                "search.ntk.imageSize", "8",
                "search.regions.batch", "50",
                "search.regions.batches", "2"))
        .search()
        .indicators();
  }

  private static IndicatorImages images() {
    ImageDataset dataset = Samples.dataset(new ImageShape(3, 8, 8), 30, 10, 5);
    return IndicatorImages.of(dataset, settings().ntk(), settings().regions());
  }

  private GenotypeIndicators indicators() {
    return new GenotypeIndicators(torch, images(), settings(), NETWORK);
  }

  private Map<Indicator, @Nullable Double> scores(Genotype genotype, long seed) {
    Map<Indicator, @Nullable Double> scores = new EnumMap<>(Indicator.class);
    try (GenotypeIndicators indicators = indicators()) {
      for (Indicator each : Indicator.values()) {
        scores.put(each, indicators.score(genotype, each, seed));
      }
    }
    return scores;
  }

  @Test
  void everyIndicatorHasItsNumberAlwaysTheSame() {
    Map<Indicator, @Nullable Double> first = scores(GENOTYPE, 0);
    assertThat(first.values()).doesNotContainNull();
    assertThat(scores(GENOTYPE, 0)).isEqualTo(first);
    Map<Indicator, @Nullable Double> other = scores(GENOTYPE, 1);
    for (Indicator drawn : List.of(Indicator.NTK, Indicator.NASWOT, Indicator.SNIP)) {
      assertThat(other.get(drawn)).isNotEqualTo(first.get(drawn));
    }
  }

  @Test
  void aScoreDoesNotDependOnWhatWasScoredBefore() {
    Map<Indicator, @Nullable Double> alone = scores(GENOTYPE, 0);
    try (GenotypeIndicators indicators = indicators()) {
      for (Indicator each : Indicator.values()) {
        indicators.score(random(2), each, 0);
        indicators.score(GENOTYPE, each, 1);
        assertThat(indicators.score(GENOTYPE, each, 0)).isEqualTo(alone.get(each));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void theConditionNumberIsWhatASearchMeasures(long seed) {
    try (GenotypeIndicators alone = indicators();
        DartsIndicators search = new DartsIndicators(torch, images(), settings(), seed)) {
      IndicatorMeasurement measured =
          search.measure(
              new MeasurementRequest(0, 0, -1, random(seed).mask(), true, false), () -> {});
      assertThat(Objects.requireNonNull(alone.score(random(seed), Indicator.NTK, seed)))
          .isEqualTo(measured.condition());
    }
  }

  @ParameterizedTest
  @EnumSource(Indicator.class)
  void genotypesThatNoSupernetHoldsAreScoredToo(Indicator indicator) {
    try (GenotypeIndicators indicators = indicators()) {
      assertThat(indicators.score(TWINS, indicator, 0)).isNotNull();
    }
  }

  @Test
  void aNetworkThatNothingPassesHasNoNumberWhereImagesAreCompared() {
    try (GenotypeIndicators indicators = indicators()) {
      assertThat(indicators.score(NOTHING, Indicator.NTK, 0)).isNull();
      assertThat(indicators.score(NOTHING, Indicator.JACOV, 0)).isNull();
      assertThat(indicators.score(NOTHING, Indicator.SYNFLOW, 0)).isNull();
    }
  }

  /** Of DARTS (second order, Liu et al. 2019): 3.3 M. */
  @Test
  void countsAreThoseOfThePublishedNetwork() {
    Genotype dartsV2 =
        Genotype.parse(
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
                + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
                + " normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
                + " ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2),"
                + " ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])");
    try (GenotypeIndicators indicators = indicators()) {
      assertThat(indicators.score(dartsV2, Indicator.PARAMETERS, 0)).isEqualTo(3_349_342);
    }
  }

  /** Of convolutions and the linear matrix, taken by hand. */
  @Test
  void theGradientNormIsThatOfTheNetworksLoss() {
    LabelledBatch batch = images().labelled(6, 8, RandomStream.of(0, "score", "network-images"));
    DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 4, 3, 5, 8, 3);
    ParameterSource drawn =
        ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 0, "score", "network-weights");
    try (DartsNetwork network = new DartsNetwork(torch, shape, GENOTYPE, drawn);
        Scope _ = torch.recording()) {
      float[] targets = new float[6 * 5];
      for (int image = 0; image < 6; image++) {
        targets[image * 5 + batch.labels()[image]] = 1;
      }
      Tensor loss =
          Ops.crossEntropy(
              network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.TRAIN),
              torch.tensor(targets, 6, 5));
      List<String> layers =
          network.parameters().entrySet().stream()
              .filter(each -> each.getValue().shape().length > 1)
              .map(Map.Entry::getKey)
              .toList();
      double expected =
          Gradients.of(loss, layers.stream().map(network.parameters()::get).toList()).stream()
              .mapToDouble(gradient -> Math.sqrt(gradient.square().sum().item()))
              .sum();
      try (GenotypeIndicators indicators = indicators()) {
        assertThat(Objects.requireNonNull(indicators.score(GENOTYPE, Indicator.GRAD_NORM, 0)))
            .isCloseTo(expected, within(1e-4 * expected));
      }
    }
  }
}
