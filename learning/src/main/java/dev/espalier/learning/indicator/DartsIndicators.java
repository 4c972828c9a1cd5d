package dev.espalier.learning.indicator;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.network.DartsPlan;
import dev.espalier.learning.network.DartsSupernet;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.ntk.AutogradKernel;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.specification.NtkSettings;
import dev.espalier.search.specification.RegionSettings;
import dev.espalier.search.specification.SearchSettings;
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
  private final IndicatorImages images;
  private final NtkSettings ntk;
  private final RegionSettings regions;
  private final Streams streams;
  private final RecentlyUsed<WeightKey, DartsSupernet> kernelNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<WeightKey, DartsSupernet> regionNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /** Measures on the train images of a data set. */
  public DartsIndicators(Torch torch, ImageDataset dataset, SearchSettings settings, long seed) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings, seed);
  }

  /** Measures on these images, prepared for the same settings. */
  public DartsIndicators(Torch torch, IndicatorImages images, SearchSettings settings, long seed) {
    this.torch = torch;
    this.images = images;
    this.ntk = settings.ntk();
    this.regions = settings.regions();
    this.streams = Streams.of(seed, settings);
  }

  @Override
  public Measurement measure(MeasurementRequest request, Runnable betweenSteps) {
    if (request.mask() instanceof DartsMask active) {
      return torch.guarded(() -> measured(request, active, betweenSteps));
    }
    throw new InvalidInput("no supernet of DARTS: %s".formatted(request.mask()));
  }

  private Measurement measured(
      MeasurementRequest request, DartsMask active, Runnable betweenSteps) {
    ConditionNumber condition =
        request.ntk() ? condition(request, active, betweenSteps) : new ConditionNumber(null, false);
    LinearRegions.Count count =
        request.regions() ? regions(request, active) : new LinearRegions.Count(0, 0);
    return new Measurement(
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
    try (Scope _ = torch.recording()) {
      Tensor logits = network.forwardMerged(batch, active); // [b, k]
      Kernel kernel =
          AutogradKernel.ofGraph(
              torch,
              KernelDefinition.of(ntk.definition()),
              logits,
              network.leaves(active),
              Precision.FLOAT32,
              betweenSteps);
      return ntk.eigenvalues().equals("float32")
          ? ConditionNumber.published(kernel.inSinglePrecision())
          : ConditionNumber.exact(kernel);
    }
  }

  private LinearRegions.Count regions(MeasurementRequest request, DartsMask active) {
    DartsSupernet network = regionNetworks.get(streams.weightKey(request), this::regionNetwork);
    Tensor samples = regionSamples.get(streams.imageKey(request), this::samples);
    return LinearRegions.count(
        regions.samples(), regions.batch(), from -> patterns(network, active, samples, from));
  }

  /** The patterns of the batch that begins at a sample. */
  private ActivationPatterns patterns(
      DartsSupernet network, DartsMask active, Tensor samples, int from) {
    ActivationPatterns patterns = new ActivationPatterns(regions.batch());
    try (Scope _ = torch.inference()) {
      Tensor batch = samples.narrow(0, from, from + regions.batch());
      network.forward(batch, active, Phase.TRAIN, patterns::add);
    }
    return patterns;
  }

  private DartsSupernet kernelNetwork(WeightKey key) {
    DartsPlan plan =
        DartsPlan.measured(ntk.channels(), ntk.cells(), images.classes(), IndicatorImages.CHANNELS);
    Initialization initialization =
        ntk.initialization().equals("kaiming")
            ? Initialization.KAIMING_FAN_OUT
            : Initialization.PYTORCH_DEFAULT;
    return network(plan, initialization, "ntk-weights", key, ParameterKind::isWeight);
  }

  private DartsSupernet regionNetwork(WeightKey key) {
    Initialization initialization =
        regions.initialization().equals("kaiming")
            ? Initialization.KAIMING_FAN_IN
            : Initialization.PYTORCH_DEFAULT;
    return network(
        DartsPlan.thin(regions.channels()), initialization, "region-weights", key, kind -> false);
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

  /** {@code [batch, 3, size, size]}. */
  private Tensor kernelBatch(ImageKey key) {
    int size = ntk.imageSize();
    return torch.buffer(
        images.kernelBatch(streams.images("ntk-images", key)),
        ntk.batch(),
        IndicatorImages.CHANNELS,
        size,
        size);
  }

  /** {@code [samples, channels, size, size]}. */
  private Tensor samples(ImageKey key) {
    int size = regions.imageSize();
    return torch.buffer(
        images.regionSamples(streams.images("region-images", key)),
        regions.samples(),
        regions.channels(),
        size,
        size);
  }

  @Override
  public void close() {
    kernelNetworks.close();
    regionNetworks.close();
    kernelBatches.close();
    regionSamples.close();
  }
}
