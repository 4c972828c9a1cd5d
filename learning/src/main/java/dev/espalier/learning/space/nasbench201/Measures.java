package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.LinearRegions;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.kernel.KernelMethod;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The two indicators with their networks and images, as the settings say. */
public final class Measures {
  static final OperatorMask EVERYTHING = OperatorMask.full(EnumSet.allOf(Operator.class));

  private final IndicatorImages images;
  private final NtkSettings ntk;
  private final RegionSettings regions;
  private final NetworkPlan plan;
  private final NetworkPlan thin;
  private final KernelMethod kernels;

  public Measures(Torch torch, IndicatorImages images, IndicatorSettings settings) {
    this.images = images;
    this.ntk = settings.ntk();
    this.regions = settings.regions();
    this.plan =
        NetworkPlan.whole(ntk.channels(), ntk.cells(), images.classes(), IndicatorImages.CHANNELS);
    this.thin = NetworkPlan.thin(regions.channels());
    this.kernels = KernelMethod.on(torch, plan);
  }

  /** The weights that all networks of a round and repeat share, by name. */
  Map<String, float[]> kernelParameters(Function<Initialization, ParameterSource> source) {
    return parameters(
        plan,
        EVERYTHING,
        source.apply(
            ntk.initialization().equals("kaiming")
                ? Initialization.KAIMING_FAN_OUT
                : Initialization.PYTORCH_DEFAULT));
  }

  /** The weights of the thin network whose regions are counted, by name. */
  Map<String, float[]> regionParameters(
      OperatorMask mask, Function<Initialization, ParameterSource> source) {
    return parameters(
        thin,
        mask,
        source.apply(
            regions.initialization().equals("kaiming")
                ? Initialization.KAIMING_FAN_IN
                : Initialization.PYTORCH_DEFAULT));
  }

  private static Map<String, float[]> parameters(
      NetworkPlan plan, OperatorMask mask, ParameterSource source) {
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : plan.parameters(mask)) {
      parameters.put(each.name(), source.values(each));
    }
    return parameters;
  }

  /** {@code [batch, 3, size, size]}. */
  float[] kernelBatch(RandomStream stream) {
    return images.kernelBatch(stream);
  }

  /** {@code [samples, channels, size, size]}. */
  float[] regionSamples(RandomStream stream) {
    return images.regionSamples(stream);
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

  LinearRegions.Count regions(
      Map<String, float[]> parameters, OperatorMask active, float[] samples) {
    ThinCell network = new ThinCell(thin, regions.imageSize(), parameters, active);
    return LinearRegions.count(
        regions.samples(),
        regions.batch(),
        from -> network.patterns(samples, from, regions.batch()));
  }
}
