package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.GraphKernel;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The kernel's condition number and the linear regions of any network that the engine runs, with
 * their images, as the settings say.
 */
public final class NetworkMeasures {
  private final Torch torch;
  private final IndicatorImages images;
  private final NtkSettings ntk;
  private final RegionSettings regions;

  public NetworkMeasures(Torch torch, IndicatorImages images, IndicatorSettings settings) {
    this.torch = torch;
    this.images = images;
    this.ntk = settings.ntk();
    this.regions = settings.regions();
  }

  /** A forward pass in train mode. */
  @FunctionalInterface
  public interface Pass {
    /**
     * @param activations is given the outputs of the ReLUs
     */
    void run(Tensor samples, Consumer<Tensor> activations);
  }

  public Initialization kernelInitialization() {
    return ntk.initialization().equals("kaiming")
        ? Initialization.KAIMING_FAN_OUT
        : Initialization.PYTORCH_DEFAULT;
  }

  public Initialization regionInitialization() {
    return regions.initialization().equals("kaiming")
        ? Initialization.KAIMING_FAN_IN
        : Initialization.PYTORCH_DEFAULT;
  }

  /** {@code [batch, 3, size, size]}. */
  public Tensor kernelBatch(RandomStream stream) {
    int size = ntk.imageSize();
    return torch.buffer(
        images.kernelBatch(stream), ntk.batch(), IndicatorImages.CHANNELS, size, size);
  }

  /** {@code [samples, channels, size, size]}. */
  public Tensor regionSamples(RandomStream stream) {
    int size = regions.imageSize();
    return torch.buffer(
        images.regionSamples(stream), regions.samples(), regions.channels(), size, size);
  }

  /**
   * The condition number of a network's kernel.
   *
   * @param logits computes {@code [b, k]}; what it does is recorded
   * @param betweenSteps run some tenths of a second apart at most; ends the measurement by throwing
   */
  public ConditionNumber condition(
      Supplier<Tensor> logits, List<Tensor> leaves, Runnable betweenSteps) {
    try (Scope _ = torch.recording()) {
      Kernel kernel =
          GraphKernel.of(
              torch,
              KernelDefinition.of(ntk.definition()),
              logits.get(),
              leaves,
              Precision.FLOAT32,
              betweenSteps);
      return ntk.eigenvalues().equals("float32")
          ? ConditionNumber.published(kernel.inSinglePrecision())
          : ConditionNumber.exact(kernel);
    }
  }

  public LinearRegions.Count regions(Tensor samples, Pass pass) {
    return LinearRegions.count(
        regions.samples(), regions.batch(), from -> patterns(samples, from, pass));
  }

  /** The patterns of the batch that begins at a sample. */
  private ActivationPatterns patterns(Tensor samples, int from, Pass pass) {
    ActivationPatterns patterns = new ActivationPatterns(regions.batch());
    try (Scope _ = torch.inference()) {
      pass.run(samples.narrow(0, from, from + regions.batch()), patterns::add);
    }
    return patterns;
  }
}
