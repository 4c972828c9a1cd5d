package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.ntk.AutogradKernel;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.JacobianRows;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.OperatorMask;
import dev.espalier.search.specification.NtkSettings;
import dev.espalier.search.specification.RegionSettings;
import dev.espalier.search.specification.SearchSettings;
import java.util.function.Function;

/** The two indicators with their networks and images, as the settings say. */
final class Measures {
  private final Torch torch;
  private final IndicatorImages images;
  private final NtkSettings ntk;
  private final RegionSettings regions;

  Measures(Torch torch, IndicatorImages images, SearchSettings settings) {
    this.torch = torch;
    this.images = images;
    this.ntk = settings.ntk();
    this.regions = settings.regions();
  }

  /** The network whose kernel is taken: whole, its weights leaves. */
  Network kernelNetwork(OperatorMask mask, Function<Initialization, ParameterSource> source) {
    Initialization initialization =
        ntk.initialization().equals("kaiming")
            ? Initialization.KAIMING_FAN_OUT
            : Initialization.PYTORCH_DEFAULT;
    return new Network(
        torch,
        NetworkPlan.whole(ntk.channels(), ntk.cells(), images.classes(), IndicatorImages.CHANNELS),
        mask,
        source.apply(initialization),
        Precision.FLOAT32,
        parameter -> parameter.kind().isWeight());
  }

  /** The thin network whose regions are counted. */
  Network regionNetwork(OperatorMask mask, Function<Initialization, ParameterSource> source) {
    Initialization initialization =
        regions.initialization().equals("kaiming")
            ? Initialization.KAIMING_FAN_IN
            : Initialization.PYTORCH_DEFAULT;
    return new Network(
        torch,
        NetworkPlan.thin(regions.channels()),
        mask,
        source.apply(initialization),
        Precision.FLOAT32,
        parameter -> false);
  }

  /** {@code [batch, 3, size, size]}; the caller closes it. */
  Tensor kernelBatch(RandomStream stream) {
    int size = ntk.imageSize();
    return torch.buffer(
        images.kernelBatch(stream), ntk.batch(), IndicatorImages.CHANNELS, size, size);
  }

  /** {@code [samples, channels, size, size]}; the caller closes it. */
  Tensor regionSamples(RandomStream stream) {
    int size = regions.imageSize();
    return torch.buffer(
        images.regionSamples(stream), regions.samples(), regions.channels(), size, size);
  }

  /**
   * The condition number of a network's kernel.
   *
   * @param betweenImages run before each image's backward pass; ends the measurement by throwing
   */
  ConditionNumber condition(
      Network network, OperatorMask active, Tensor batch, Runnable betweenImages) {
    JacobianRows rows = AutogradKernel.rows(torch, network, active, batch, betweenImages);
    return ntk.eigenvalues().equals("float32")
        ? ConditionNumber.published(rows.singlePrecisionKernel())
        : ConditionNumber.exact(rows.kernel());
  }

  LinearRegions.Count regions(Network network, OperatorMask active, Tensor samples) {
    return LinearRegions.count(torch, network, active, samples, regions.batch());
  }
}
