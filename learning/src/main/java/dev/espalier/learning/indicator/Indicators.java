package dev.espalier.learning.indicator;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.nasbench201.OperatorMask;

/**
 * Measures the supernets of one space, whole or pruned, down to single architectures.
 *
 * <p>A measurement depends on the settings, the seed, the data and the request alone: not on what
 * was measured before. One instance for a thread.
 */
public interface Indicators extends AutoCloseable {
  /**
   * Measures one network.
   *
   * @param betweenSteps run some tenths of a second apart at most; ends the measurement by throwing
   * @throws OutOfMemory if the device has none left
   */
  Measurement measure(MeasurementRequest request, Runnable betweenSteps);

  /**
   * Measures one network.
   *
   * @throws OutOfMemory if the device has none left
   */
  default Measurement measure(MeasurementRequest request) {
    return measure(request, () -> {});
  }

  @Override
  void close();

  /** Those of the specification's space, on the train images of a data set. */
  static Indicators of(Torch torch, ImageDataset dataset, TeNasSpecification specification) {
    TeNasSearch search = specification.search();
    Supernet supernet = specification.supernet();
    return switch (supernet) {
      case OperatorMask _ -> new SupernetIndicators(torch, dataset, search, specification.seed());
      case DartsMask _ -> new DartsIndicators(torch, dataset, search, specification.seed());
      default ->
          throw new InvalidInput("there are no indicators for the space " + specification.space());
    };
  }
}
