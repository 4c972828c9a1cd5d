package dev.espalier.learning.space.darts;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.LinearRegions;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.NetworkMeasures;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.indicator.Streams;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsSpace;
import java.util.function.Predicate;

/**
 * Measures DARTS supernets, whole or pruned, down to single genotypes: two cells, with a stem for
 * the kernel and without for the regions (specs/te-nas.md, 1.2).
 *
 * <p>Weights and images of the last few rounds and repeats are kept, since many candidates share
 * them.
 */
public final class DartsIndicators implements Indicators {
  private static final DartsMask EVERYTHING = DartsSpace.SPACE.supernet(true);
  private static final int KEPT = 8;

  private final Torch torch;
  private final NetworkMeasures measures;
  private final DartsPlans plans;
  private final Streams streams;
  private final RecentlyUsed<WeightKey, DartsSupernet> kernelNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<WeightKey, DartsSupernet> regionNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /** Measures on the train images of a data set. */
  public DartsIndicators(Torch torch, ImageDataset dataset, IndicatorSettings settings, long seed) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings, seed);
  }

  /** Measures on these images, prepared for the same settings. */
  public DartsIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, long seed) {
    this.torch = torch;
    this.measures = new NetworkMeasures(torch, images, settings);
    this.plans = new DartsPlans(images, settings);
    this.streams = Streams.of(seed, settings);
  }

  @Override
  public IndicatorMeasurement measure(MeasurementRequest request, Runnable betweenSteps) {
    if (request.mask() instanceof DartsMask active) {
      return torch.guarded(() -> measured(request, active, betweenSteps));
    }
    throw new InvalidInput("no supernet of DARTS: %s".formatted(request.mask()));
  }

  private IndicatorMeasurement measured(
      MeasurementRequest request, DartsMask active, Runnable betweenSteps) {
    ConditionNumber condition =
        request.ntk() ? condition(request, active, betweenSteps) : new ConditionNumber(null, false);
    LinearRegions.Count count =
        request.regions() ? regions(request, active) : new LinearRegions.Count(0, 0);
    return new IndicatorMeasurement(
        condition.value(),
        condition.singular(),
        count.regions(),
        count.samples(),
        count.saturated());
  }

  private ConditionNumber condition(
      MeasurementRequest request, DartsMask active, Runnable betweenSteps) {
    DartsSupernet network = kernelNetworks.get(streams.weightKey(request), this::kernelNetwork);
    Tensor batch = kernelBatches.get(streams.imageKey(request), this::kernelBatch);
    return measures.condition(
        () -> network.forwardMerged(batch, active), network.leaves(active), betweenSteps);
  }

  private LinearRegions.Count regions(MeasurementRequest request, DartsMask active) {
    DartsSupernet network = regionNetworks.get(streams.weightKey(request), this::regionNetwork);
    Tensor samples = regionSamples.get(streams.imageKey(request), this::samples);
    return measures.regions(
        samples, (batch, activations) -> network.forward(batch, active, Phase.TRAIN, activations));
  }

  private DartsSupernet kernelNetwork(WeightKey key) {
    return network(
        plans.kernel(),
        measures.kernelInitialization(),
        "ntk-weights",
        key,
        ParameterKind::isWeight);
  }

  private DartsSupernet regionNetwork(WeightKey key) {
    return network(
        plans.regions(), measures.regionInitialization(), "region-weights", key, kind -> false);
  }

  private DartsSupernet network(
      DartsPlan plan,
      Initialization initialization,
      String purpose,
      WeightKey key,
      Predicate<ParameterKind> leaf) {
    return new DartsSupernet(
        torch,
        plan,
        EVERYTHING,
        streams.weights(initialization, purpose, key),
        Precision.FLOAT32,
        parameter -> leaf.test(parameter.kind()));
  }

  private Tensor kernelBatch(ImageKey key) {
    return measures.kernelBatch(streams.images("ntk-images", key));
  }

  private Tensor samples(ImageKey key) {
    return measures.regionSamples(streams.images("region-images", key));
  }

  @Override
  public void close() {
    kernelNetworks.close();
    regionNetworks.close();
    kernelBatches.close();
    regionSamples.close();
  }
}
