package dev.espalier.learning.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indicators of DARTS supernets. */
class DartsIndicatorsTest {
  /** Four operators an edge: enough for every kind of them, and quick. */
  private static final DartsMask WHOLE =
      DartsMask.full(
          EnumSet.of(
              DartsOperator.SKIP_CONNECT,
              DartsOperator.DIL_CONV_3X3,
              DartsOperator.AVG_POOL_3X3,
              DartsOperator.MAX_POOL_3X3));

  private static final DartsMask PRUNED = WHOLE.without(20, "max_pool_3x3");

  private final Torch torch = Torch.cpu();

  private static IndicatorSettings settings(String mode) {
    return TeNasSpecification.preset(
            "quick",
            Map.of(
                "space", "darts",
                "search.mode", mode,
                "search.ntk.batch", "3",
                "search.ntk.imageSize", "8",
                "search.regions.batch", "50",
                "search.regions.batches", "2"))
        .search()
        .indicators();
  }

  private DartsIndicators indicators(String mode, long seed) {
    IndicatorSettings settings = settings(mode);
    IndicatorImages noise = IndicatorImages.noise(4, settings.ntk(), settings.regions());
    return new DartsIndicators(torch, noise, settings, seed);
  }

  private static MeasurementRequest request(int round, int repeat, int candidate, DartsMask mask) {
    return new MeasurementRequest(round, repeat, candidate, mask, true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "reference"})
  void aMeasurementDoesNotDependOnWhatWasMeasuredBefore(String mode) {
    MeasurementRequest request = request(1, 2, 3, PRUNED);
    IndicatorMeasurement alone;
    try (DartsIndicators indicators = indicators(mode, 7)) {
      alone = indicators.measure(request);
    }
    try (DartsIndicators indicators = indicators(mode, 7)) {
      indicators.measure(request(0, 0, 0, WHOLE));
      indicators.measure(request(1, 2, 0, WHOLE));
      assertThat(indicators.measure(request)).isEqualTo(alone);
      assertThat(indicators.measure(request)).isEqualTo(alone);
      assertThat(indicators.measure(request(1, 2, 3, WHOLE))).isNotEqualTo(alone);
    }
  }

  @Test
  void exactModeSharesWeightsAndImagesAmongTheCandidatesOfARepeatOnly() {
    try (DartsIndicators indicators = indicators("exact", 1);
        DartsIndicators otherSeed = indicators("exact", 2)) {
      IndicatorMeasurement unpruned = indicators.measure(request(0, 0, -1, PRUNED));
      assertThat(indicators.measure(request(0, 0, 5, PRUNED))).isEqualTo(unpruned);
      assertThat(indicators.measure(request(0, 1, -1, PRUNED))).isNotEqualTo(unpruned);
      assertThat(indicators.measure(request(1, 0, -1, PRUNED))).isNotEqualTo(unpruned);
      assertThat(otherSeed.measure(request(0, 0, -1, PRUNED))).isNotEqualTo(unpruned);
    }
    try (DartsIndicators indicators = indicators("reference", 1)) {
      IndicatorMeasurement unpruned = indicators.measure(request(0, 0, 4, PRUNED));
      assertThat(indicators.measure(request(0, 0, 5, PRUNED))).isNotEqualTo(unpruned);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void aGenotypeHasBoth(long seed) {
    DartsMask genotype = DartsSpace.SPACE.random(RandomStream.of(seed, "genotype")).mask();
    try (DartsIndicators indicators = indicators("exact", seed)) {
      IndicatorMeasurement measured = indicators.measure(request(8, 0, -1, genotype));
      assertThat(measured.condition()).isNotNull().isGreaterThan(1);
      assertThat(measured.regions()).isBetween(2.0, 100.0);
      assertThat(measured.samples()).isEqualTo(100);
    }
  }

  @Test
  void countsFewerRegionsWhereNoConvolutionIsLeft() {
    // Without any convolution the ReLUs of the inputs and of the end are left.
    DartsMask pools = WHOLE;
    for (int edge = 0; edge < DartsMask.EDGES; edge++) {
      for (String operator : List.copyOf(pools.labels(edge))) {
        pools = operator.equals("avg_pool_3x3") ? pools : pools.without(edge, operator);
      }
    }
    try (DartsIndicators indicators = indicators("exact", 3)) {
      double few = indicators.measure(request(0, 0, -1, pools)).regions();
      double many = indicators.measure(request(0, 0, -1, WHOLE)).regions();
      assertThat(few).isLessThan(many);
    }
  }

  @Test
  void stopsBetweenSteps() {
    try (DartsIndicators indicators = indicators("exact", 0)) {
      assertThatThrownBy(() ->
              indicators.measure(
                  request(0, 0, -1, PRUNED),
                  () -> {
                    throw new IllegalStateException("stopped");
                  }))
          .hasMessage("stopped");
    }
  }

  @Test
  void areOfOneSpaceOnly() {
    try (DartsIndicators indicators = indicators("exact", 0)) {
      assertThatThrownBy(() ->
              indicators.measure(
                  new MeasurementRequest(0, 0, -1, NasBench201.SPACE.supernet(false), true, true)))
          .isInstanceOf(InvalidInput.class)
          .hasMessageStartingWith("no supernet of DARTS: |skip_connect");
    }
  }
}
