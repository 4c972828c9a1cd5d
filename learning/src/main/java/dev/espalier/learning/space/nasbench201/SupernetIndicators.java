package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.LinearRegions;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.indicator.Streams;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.Map;

/**
 * Measures NAS-Bench-201 supernets, whole or pruned, down to single cells.
 *
 * <p>A measurement depends on the settings, the seed, the data and the request alone: not on what
 * was measured before. Weights and images of the last few rounds and repeats are kept, since many
 * candidates share them. One instance for a thread.
 */
public final class SupernetIndicators implements Indicators {
  private static final int KEPT = 8;

  private final Torch torch;
  private final Measures measures;
  private final Streams streams;
  private final RecentlyUsed<WeightKey, Map<String, float[]>> kernelParameters =
      new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<WeightKey, Map<String, float[]>> regionParameters =
      new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, float[]> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, float[]> regionSamples = new RecentlyUsed<>(KEPT);

  /** Measures on the train images of a data set. */
  public SupernetIndicators(
      Torch torch, ImageDataset dataset, IndicatorSettings settings, long seed) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings, seed);
  }

  /** Measures on these images, prepared for the same settings. */
  public SupernetIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, long seed) {
    this.torch = torch;
    this.measures = new Measures(torch, images, settings);
    this.streams = Streams.of(seed, settings);
  }

  @Override
  public IndicatorMeasurement measure(MeasurementRequest request, Runnable betweenSteps) {
    return torch.guarded(() -> measured(request, betweenSteps));
  }

  private IndicatorMeasurement measured(MeasurementRequest request, Runnable betweenSteps) {
    ConditionNumber condition =
        request.ntk() ? condition(request, betweenSteps) : new ConditionNumber(null, false);
    LinearRegions.Count regions =
        request.regions() ? regions(request) : new LinearRegions.Count(0, 0);
    return new IndicatorMeasurement(
        condition.value(),
        condition.singular(),
        regions.regions(),
        regions.samples(),
        regions.saturated());
  }

  private ConditionNumber condition(MeasurementRequest request, Runnable betweenSteps) {
    Map<String, float[]> parameters =
        kernelParameters.get(streams.weightKey(request), this::kernelParameters);
    float[] batch =
        kernelBatches.get(
            streams.imageKey(request),
            key -> measures.kernelBatch(streams.images("ntk-images", key)));
    return measures.condition(parameters, mask(request), batch, betweenSteps);
  }

  private LinearRegions.Count regions(MeasurementRequest request) {
    Map<String, float[]> parameters =
        regionParameters.get(streams.weightKey(request), this::regionParameters);
    float[] samples =
        regionSamples.get(
            streams.imageKey(request),
            key -> measures.regionSamples(streams.images("region-images", key)));
    return measures.regions(parameters, mask(request), samples);
  }

  private static OperatorMask mask(MeasurementRequest request) {
    if (request.mask() instanceof OperatorMask mask) {
      return mask;
    }
    throw new InvalidInput("no supernet of NAS-Bench-201: %s".formatted(request.mask()));
  }

  private Map<String, float[]> kernelParameters(WeightKey key) {
    return measures.kernelParameters(
        initialization -> streams.weights(initialization, "ntk-weights", key));
  }

  private Map<String, float[]> regionParameters(WeightKey key) {
    return measures.regionParameters(
        Measures.EVERYTHING,
        initialization -> streams.weights(initialization, "region-weights", key));
  }

  /** Drops what is kept. */
  @Override
  public void close() {
    kernelParameters.close();
    regionParameters.close();
    kernelBatches.close();
    regionSamples.close();
  }
}
