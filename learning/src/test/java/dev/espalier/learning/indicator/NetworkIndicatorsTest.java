package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkIndicatorsTest {
  private static final List<Indicator> OF_NETWORKS =
      List.of(
          Indicator.NASWOT,
          Indicator.JACOV,
          Indicator.SYNFLOW,
          Indicator.SNIP,
          Indicator.GRAD_NORM,
          Indicator.L2_NORM,
          Indicator.SWAP);
  private static final Cell MIXED =
      Cell.parse(
          "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|none~1|skip_connect~2|");
  private static final Cell CHAIN =
      Cell.parse("|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|");
  private static final Cell NOTHING = Cell.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");
  private static final ScoringSettings NETWORK = new ScoringSettings(4, 1, 6, 8);

  private final Torch torch = Torch.cpu();

  @Test
  void threeRunsOfOneSeedGiveTheSameDigits() {
    List<@Nullable Double> first = scores(MIXED, 0);

    assertThat(first).doesNotContainNull();
    assertThat(scores(MIXED, 0)).isEqualTo(first);
    assertThat(scores(MIXED, 0)).isEqualTo(first);
    assertThat(scores(MIXED, 1)).doesNotContainAnyElementsOf(first.subList(0, 6));
  }

  @Test
  void aScoreDoesNotDependOnWhatWasScoredBefore() {
    try (CellIndicators indicators = indicators()) {
      for (Indicator each : OF_NETWORKS) {
        indicators.score(NOTHING, each, 0);
        indicators.score(MIXED, each, 1);
      }
      assertThat(scores(indicators, MIXED, 0)).isEqualTo(scores(MIXED, 0));
    }
  }

  @Test
  void aNetworkThatNothingPassesHasNoNumberWhereImagesAreCompared() {
    try (CellIndicators indicators = indicators()) {
      assertThat(indicators.score(NOTHING, Indicator.NASWOT, 0)).isNull();
      assertThat(indicators.score(NOTHING, Indicator.JACOV, 0)).isNull();
      assertThat(indicators.score(NOTHING, Indicator.SYNFLOW, 0)).isNull();
      assertThat(indicators.score(NOTHING, Indicator.SNIP, 0)).isZero();
    }
  }

  /**
   * Where layers stand in series, each carries the whole flow R: stem, three cells, classifier. A
   * reduction block's two convolutions carry what does not take the shortcut S: 2 (R - S) + S.
   */
  @Test
  void theSynapticFlowOfAChainIsWhatPassesEachOfItsLayers() {
    double whole = flow("");
    double past1 = whole - flow("cells.1.downsample");
    double past2 = whole - flow("cells.3.downsample");
    double expected = 5 * whole + (2 * whole - past1) + (2 * whole - past2);

    try (CellIndicators indicators = indicators()) {
      assertThat(Objects.requireNonNull(indicators.score(CHAIN, Indicator.SYNFLOW, 0)))
          .isCloseTo(Math.log(expected), within(1e-9));
    }
  }

  /** The sum of the outputs but for the classifier's addend, with one parameter zero. */
  private double flow(String zero) {
    ParameterSource drawn =
        ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 0, "score", "network-weights");
    ParameterSource absolute =
        parameter -> {
          float[] values = drawn.values(parameter);
          boolean none =
              parameter.name().equals("classifier.bias")
                  || (!zero.isEmpty() && parameter.name().startsWith(zero));
          for (int i = 0; i < values.length; i++) {
            values[i] = none ? 0 : Math.abs(values[i]);
          }
          return values;
        };
    double[] ones = new double[3 * 8 * 8];
    Arrays.fill(ones, 1);
    try (Network network =
            new Network(
                torch,
                NetworkPlan.whole(4, 1, 5, 3),
                CHAIN.mask(),
                absolute,
                Precision.FLOAT64,
                parameter -> false);
        Scope _ = torch.inference()) {
      return network.forward(torch.tensor(ones, 1, 3, 8, 8), Phase.UNNORMALIZED).sum().item();
    }
  }

  /** Each convolution of the default initialisation adds about the square root of outputs / 3. */
  @Test
  void theWeightNormIsThatOfTheDefaultInitialisation() {
    double blocks = 3 * Math.sqrt(8 / 3.) + 3 * Math.sqrt(16 / 3.);
    double chain = Math.sqrt(4 / 3.) + Math.sqrt(8 / 3.) + Math.sqrt(16 / 3.);
    double expected = Math.sqrt(4 / 3.) + blocks + chain + Math.sqrt(5 / 3.);

    try (CellIndicators indicators = indicators()) {
      assertThat(Objects.requireNonNull(indicators.score(CHAIN, Indicator.L2_NORM, 0)))
          .isCloseTo(expected, within(0.03 * expected));
    }
  }

  private List<@Nullable Double> scores(Cell cell, long seed) {
    try (CellIndicators indicators = indicators()) {
      return scores(indicators, cell, seed);
    }
  }

  private static List<@Nullable Double> scores(CellIndicators indicators, Cell cell, long seed) {
    List<@Nullable Double> scores = new ArrayList<>();
    for (Indicator each : OF_NETWORKS) {
      scores.add(indicators.score(cell, each, seed));
    }
    return scores;
  }

  private CellIndicators indicators() {
    ImageDataset dataset = Samples.dataset(new ImageShape(3, 8, 8), 30, 10, 5);
    NtkSettings ntk = new NtkSettings(6, 8, 2, 1, "kaiming", "summed", "float64", false);
    RegionSettings regions = new RegionSettings(100, 2, 3, 1, "kaiming");
    return new CellIndicators(
        torch,
        IndicatorImages.of(dataset, ntk, regions),
        new TeNasSearch(
                "exact", "published", 1, 3, "repeat", "shared", "exact", "current", ntk, regions)
            .indicators(),
        NETWORK);
  }
}
