package dev.espalier.learning.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SupernetIndicatorsTest {
  private static final OperatorMask WHOLE =
      OperatorMask.full(EnumSet.complementOf(EnumSet.of(Operator.NONE)));
  private static final OperatorMask PRUNED = WHOLE.without(2, Operator.AVG_POOL_3X3);
  private static final Cell NOTHING = Cell.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");

  private final Torch torch = Torch.cpu();

  @Test
  void aMeasurementDoesNotDependOnWhatWasMeasuredBefore() {
    MeasurementRequest request = request(1, 2, 3, PRUNED);
    IndicatorMeasurement alone;
    try (SupernetIndicators indicators = indicators("exact", 7)) {
      alone = indicators.measure(request);
    }
    try (SupernetIndicators indicators = indicators("exact", 7)) {
      for (int repeat = 0; repeat < 10; repeat++) { // more than are kept
        indicators.measure(request(0, repeat, repeat, WHOLE));
      }
      indicators.measure(request(1, 2, 0, WHOLE));
      assertThat(indicators.measure(request)).isEqualTo(alone);
      assertThat(indicators.measure(request)).isEqualTo(alone);
    }
  }

  @Test
  void anotherThreadMeasuresTheSame() throws InterruptedException {
    MeasurementRequest request = request(0, 0, 3, PRUNED);
    AtomicReference<IndicatorMeasurement> elsewhere = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try (SupernetIndicators indicators = indicators("exact", 1)) {
                elsewhere.set(indicators.measure(request));
              }
            });
    thread.join();
    try (SupernetIndicators indicators = indicators("exact", 1)) {
      assertThat(indicators.measure(request)).isEqualTo(elsewhere.get());
    }
  }

  @Test
  void exactModeSharesWeightsAndImagesAmongTheCandidatesOfARepeatOnly() {
    try (SupernetIndicators indicators = indicators("exact", 1);
        SupernetIndicators otherSeed = indicators("exact", 2)) {
      IndicatorMeasurement unpruned = indicators.measure(request(0, 0, -1, WHOLE));
      assertThat(indicators.measure(request(0, 0, 5, WHOLE))).isEqualTo(unpruned);
      assertThat(indicators.measure(request(0, 1, -1, WHOLE))).isNotEqualTo(unpruned);
      assertThat(indicators.measure(request(1, 0, -1, WHOLE))).isNotEqualTo(unpruned);
      assertThat(otherSeed.measure(request(0, 0, -1, WHOLE))).isNotEqualTo(unpruned);
    }
  }

  @Test
  void referenceModeDrawsImagesForEachCandidateAndRepeatAndWeightsForEachRound() {
    AtomicReference<Integer> batches = new AtomicReference<>(0);
    IndicatorSettings settings = settings("reference");
    IndicatorImages noise = IndicatorImages.noise(4, settings.ntk(), settings.regions());
    IndicatorImages sameImages =
        new IndicatorImages() {
          @Override
          public int classes() {
            return noise.classes();
          }

          @Override
          public float[] kernelBatch(RandomStream stream) {
            batches.updateAndGet(count -> count + 1);
            return noise.kernelBatch(RandomStream.of(1, "always the same"));
          }

          @Override
          public float[] regionSamples(RandomStream stream) {
            return noise.regionSamples(RandomStream.of(1, "always the same"));
          }
        };
    try (SupernetIndicators images = indicators("reference", 1);
        SupernetIndicators weights = new SupernetIndicators(torch, sameImages, settings, 1)) {
      IndicatorMeasurement first = images.measure(request(0, 0, 0, WHOLE));
      assertThat(images.measure(request(0, 1, 0, WHOLE))).isNotEqualTo(first);
      assertThat(images.measure(request(0, 0, 1, WHOLE))).isNotEqualTo(first);
      IndicatorMeasurement round = weights.measure(request(0, 0, 0, WHOLE));
      assertThat(weights.measure(request(0, 1, 0, WHOLE))).isEqualTo(round);
      assertThat(weights.measure(request(0, 0, 1, WHOLE))).isEqualTo(round);
      assertThat(weights.measure(request(1, 0, 0, WHOLE))).isNotEqualTo(round);
      assertThat(batches).as("a batch for each candidate, repeat and round").hasValue(4);
    }
  }

  @Test
  void aSingularKernelIsMarkedAndHasNoNumber() {
    try (SupernetIndicators indicators = indicators("exact", 1)) {
      IndicatorMeasurement measurement = indicators.measure(request(0, 0, 0, NOTHING.mask()));
      assertThat(measurement.singular()).isTrue();
      assertThat(measurement.condition()).isNull();
      assertThat(measurement.regions()).isEqualTo(1);
    }
  }

  @Test
  void imagesThatAreNoNumbersMakeTheKernelSingularAndTheRoundGoesOn() {
    IndicatorSettings settings = settings("exact");
    try (SupernetIndicators indicators =
        new SupernetIndicators(torch, notNumbers(settings), settings, 1)) {
      IndicatorMeasurement measurement = indicators.measure(request(0, 0, 0, WHOLE));
      assertThat(measurement.singular()).isTrue();
      assertThat(measurement.condition()).isNull();
    }
  }

  @Test
  void saturationIsReported() {
    NtkSettings ntk = settings("exact").ntk();
    RegionSettings few = new RegionSettings(10, 2, 3, 1, "kaiming");
    IndicatorSettings settings =
        new TeNasSearch(
                "exact", "published", 1, 3, "repeat", "shared", "exact", "current", ntk, few)
            .indicators();
    try (SupernetIndicators indicators =
        new SupernetIndicators(torch, IndicatorImages.noise(4, ntk, few), settings, 1)) {
      IndicatorMeasurement whole = indicators.measure(request(0, 0, 0, WHOLE));
      assertThat(whole.samples()).isEqualTo(20);
      assertThat(whole.regions()).isEqualTo(20);
      assertThat(whole.saturated()).isTrue();
      assertThat(indicators.measure(request(0, 0, 0, NOTHING.mask())).saturated()).isFalse();
    }
  }

  @Test
  void onlyWhatIsAskedForIsMeasured() {
    try (SupernetIndicators indicators = indicators("exact", 1)) {
      IndicatorMeasurement regions =
          indicators.measure(new MeasurementRequest(0, 0, -1, WHOLE, false, true));
      assertThat(regions.condition()).isNull();
      assertThat(regions.singular()).isFalse();
      assertThat(regions.regions()).isPositive();
      IndicatorMeasurement condition =
          indicators.measure(new MeasurementRequest(0, 0, -1, WHOLE, true, false));
      assertThat(condition.condition()).isGreaterThan(1);
      assertThat(condition.samples()).isZero();
    }
  }

  @Test
  void nothingIsLeftInNativeMemory() {
    try (SupernetIndicators indicators = indicators("exact", 1)) {
      indicators.measure(request(0, 0, -1, WHOLE)); // makes the engine's lasting constants
    }
    int before = torch.liveTensors();
    try (SupernetIndicators indicators = indicators("exact", 2)) {
      for (int repeat = 0; repeat < 10; repeat++) {
        indicators.measure(request(0, repeat, -1, PRUNED));
      }
    }
    assertThat(torch.liveTensors()).isEqualTo(before);
  }

  @Test
  void scoresOfACellAreItsOwn() {
    IndicatorSettings settings = settings("exact");
    Cell cell =
        Cell.parse(
            "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|none~1|skip_connect~2|");
    IndicatorImages images = IndicatorImages.noise(4, settings.ntk(), settings.regions());
    try (CellIndicators first = new CellIndicators(torch, images, settings);
        CellIndicators second = new CellIndicators(torch, images, settings)) {
      first.score(NOTHING, Indicator.NTK, 0);
      Double condition = Objects.requireNonNull(first.score(cell, Indicator.NTK, 0));
      assertThat(second.score(cell, Indicator.NTK, 0)).isEqualTo(condition).isGreaterThan(1);
      assertThat(second.score(cell, Indicator.NTK, 1)).isNotEqualTo(condition);
      assertThat(first.score(NOTHING, Indicator.NTK, 0)).isNull();
      assertThat(first.score(NOTHING, Indicator.REGIONS, 0)).isEqualTo(1);
      assertThat(first.score(cell, Indicator.REGIONS, 0)).isGreaterThan(10);
    }
    assertThatThrownBy(() -> Criterion.parse("ntkk"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("allowed are ntk, regions");
  }

  private SupernetIndicators indicators(String mode, long seed) {
    IndicatorSettings settings = settings(mode);
    IndicatorImages images = IndicatorImages.noise(4, settings.ntk(), settings.regions());
    return new SupernetIndicators(torch, images, settings, seed);
  }

  private static IndicatorSettings settings(String mode) {
    boolean published = mode.equals("reference");
    return new TeNasSearch(
            mode,
            "published",
            1,
            3,
            published ? "round" : "repeat",
            published ? "candidate" : "shared",
            published ? "published" : "exact",
            published ? "published" : "current",
            new NtkSettings(6, 8, 2, 1, "kaiming", "summed", "float64", false),
            new RegionSettings(100, 2, 3, 1, "kaiming"))
        .indicators();
  }

  private static MeasurementRequest request(
      int round, int repeat, int candidate, OperatorMask mask) {
    return new MeasurementRequest(round, repeat, candidate, mask, true, true);
  }

  private static IndicatorImages notNumbers(IndicatorSettings settings) {
    IndicatorImages noise = IndicatorImages.noise(4, settings.ntk(), settings.regions());
    return new IndicatorImages() {
      @Override
      public int classes() {
        return noise.classes();
      }

      @Override
      public float[] kernelBatch(RandomStream stream) {
        float[] batch = noise.kernelBatch(stream);
        Arrays.fill(batch, Float.NaN);
        return batch;
      }

      @Override
      public float[] regionSamples(RandomStream stream) {
        return noise.regionSamples(stream);
      }
    };
  }
}
