package dev.espalier.learning.indicator;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.LinearRegions.SampleShape;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import dev.espalier.search.specification.NtkSettings;
import dev.espalier.search.specification.RegionSettings;
import dev.espalier.search.specification.SearchSettings;
import java.util.EnumSet;

/**
 * Measures NAS-Bench-201 supernets, whole or pruned, down to single cells.
 *
 * <p>A measurement depends on the settings, the seed, the data and the request alone: not on what
 * was measured before. Weights and images of the last few rounds and repeats are kept, since many
 * candidates share them. One instance for a thread.
 */
public final class SupernetIndicators implements AutoCloseable {
  private static final OperatorMask EVERYTHING = OperatorMask.full(EnumSet.allOf(Operator.class));
  private static final int KEPT = 8;

  private final Torch torch;
  private final IndicatorImages images;
  private final SearchSettings settings;
  private final Streams streams;
  private final RecentlyUsed<WeightKey, Network> ntkNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<WeightKey, Network> regionNetworks = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Tensor> ntkImages = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<ImageKey, Samples> regionSamples = new RecentlyUsed<>(KEPT);

  /** Measures on the train images of a data set. */
  public SupernetIndicators(Torch torch, ImageDataset dataset, SearchSettings settings, long seed) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings, seed);
  }

  /** Measures on these images, prepared for the same settings. */
  public SupernetIndicators(
      Torch torch, IndicatorImages images, SearchSettings settings, long seed) {
    requireDefinition(settings.ntk().definition());
    this.torch = torch;
    this.images = images;
    this.settings = settings;
    this.streams = new Streams(seed, Mode.of(settings.mode()));
  }

  private static void requireDefinition(String definition) {
    if (!definition.equals("summed")) {
      throw new InvalidInput(
          "search.ntk.definition must be summed, but was %s".formatted(definition));
    }
  }

  /** Measures one network. */
  public Measurement measure(MeasurementRequest request) {
    ConditionNumber condition =
        request.ntk() ? condition(request) : new ConditionNumber(null, false);
    LinearRegions.Count regions =
        request.regions() ? regions(request) : new LinearRegions.Count(0, 0);
    return new Measurement(
        condition.value(),
        condition.singular(),
        regions.regions(),
        regions.samples(),
        regions.saturated());
  }

  private ConditionNumber condition(MeasurementRequest request) {
    Network network = ntkNetworks.get(streams.weightKey(request), this::ntkNetwork);
    Tensor batch = ntkImages.get(streams.imageKey(request), this::ntkBatch);
    JacobianRows rows = NeuralTangentKernel.rows(torch, network, request.mask(), batch);
    boolean single = settings.ntk().eigenvalues().equals("float32");
    return single
        ? ConditionNumber.published(rows.singlePrecisionKernel())
        : ConditionNumber.exact(rows.kernel());
  }

  private LinearRegions.Count regions(MeasurementRequest request) {
    Network network = regionNetworks.get(streams.weightKey(request), this::regionNetwork);
    Samples samples = regionSamples.get(streams.imageKey(request), this::regionSamples);
    RegionSettings regions = settings.regions();
    return LinearRegions.count(
        torch,
        network,
        request.mask(),
        samples.values,
        new SampleShape(
            regions.batches(), regions.batch(), regions.channels(), regions.imageSize()));
  }

  private Network ntkNetwork(WeightKey key) {
    NtkSettings ntk = settings.ntk();
    return new Network(
        torch,
        NetworkPlan.whole(ntk.channels(), ntk.cells(), images.classes(), IndicatorImages.CHANNELS),
        EVERYTHING,
        streams.weights(
            initialization(ntk.initialization(), Initialization.KAIMING_FAN_OUT),
            "ntk-weights",
            key),
        Precision.FLOAT32,
        parameter -> parameter.kind().isWeight());
  }

  private Network regionNetwork(WeightKey key) {
    RegionSettings regions = settings.regions();
    return new Network(
        torch,
        NetworkPlan.thin(regions.channels()),
        EVERYTHING,
        streams.weights(
            initialization(regions.initialization(), Initialization.KAIMING_FAN_IN),
            "region-weights",
            key),
        Precision.FLOAT32,
        parameter -> false);
  }

  private static Initialization initialization(String name, Initialization kaiming) {
    return switch (name) {
      case "kaiming" -> kaiming;
      case "pytorch" -> Initialization.PYTORCH_DEFAULT;
      default ->
          throw new InvalidInput(
              "initialization must be kaiming or pytorch, but was %s".formatted(name));
    };
  }

  private Tensor ntkBatch(ImageKey key) {
    NtkSettings ntk = settings.ntk();
    float[] batch = images.kernelBatch(streams.images("ntk-images", key));
    return torch.buffer(
        batch, ntk.batch(), IndicatorImages.CHANNELS, ntk.imageSize(), ntk.imageSize());
  }

  private Samples regionSamples(ImageKey key) {
    return new Samples(images.regionSamples(streams.images("region-images", key)));
  }

  /** Plain memory, kept beside native memory. */
  private static final class Samples implements AutoCloseable {
    private final float[] values;

    Samples(float[] values) {
      this.values = values;
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    ntkNetworks.close();
    regionNetworks.close();
    ntkImages.close();
    regionSamples.close();
  }
}
