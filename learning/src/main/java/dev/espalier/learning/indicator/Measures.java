package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.ntk.KernelMethod;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import dev.espalier.search.specification.NtkSettings;
import dev.espalier.search.specification.RegionSettings;
import dev.espalier.search.specification.SearchSettings;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The two indicators with their networks and images, as the settings say. */
final class Measures {
  static final OperatorMask EVERYTHING = OperatorMask.full(EnumSet.allOf(Operator.class));

  private final Torch torch;
  private final IndicatorImages images;
  private final NtkSettings ntk;
  private final RegionSettings regions;
  private final NetworkPlan plan;
  private final KernelMethod kernels;

  Measures(Torch torch, IndicatorImages images, SearchSettings settings) {
    this.torch = torch;
    this.images = images;
    this.ntk = settings.ntk();
    this.regions = settings.regions();
    this.plan =
        NetworkPlan.whole(ntk.channels(), ntk.cells(), images.classes(), IndicatorImages.CHANNELS);
    this.kernels = KernelMethod.on(torch, plan);
  }

  /** The weights that all networks of a round and repeat share, by name. */
  Map<String, float[]> kernelParameters(Function<Initialization, ParameterSource> source) {
    ParameterSource values =
        source.apply(
            ntk.initialization().equals("kaiming")
                ? Initialization.KAIMING_FAN_OUT
                : Initialization.PYTORCH_DEFAULT);
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : plan.parameters(EVERYTHING)) {
      parameters.put(each.name(), values.values(each));
    }
    return parameters;
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

  /** {@code [batch, 3, size, size]}. */
  float[] kernelBatch(RandomStream stream) {
    return images.kernelBatch(stream);
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
   * @param batch {@code [batch, 3, size, size]}
   * @param betweenSteps run some tenths of a second apart at most; ends the measurement by throwing
   */
  ConditionNumber condition(
      Map<String, float[]> parameters, OperatorMask active, float[] batch, Runnable betweenSteps) {
    Kernel kernel =
        kernels.kernel(
            KernelDefinition.of(ntk.definition()),
            parameters,
            active,
            batch,
            ntk.imageSize(),
            betweenSteps);
    return ntk.eigenvalues().equals("float32")
        ? ConditionNumber.published(kernel.inSinglePrecision())
        : ConditionNumber.exact(kernel);
  }

  LinearRegions.Count regions(Network network, OperatorMask active, Tensor samples) {
    return LinearRegions.count(torch, network, active, samples, regions.batch());
  }
}
