package dev.espalier.learning.indicator;

import dev.espalier.search.failure.OutOfMemory;

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
  IndicatorMeasurement measure(MeasurementRequest request, Runnable betweenSteps);

  /**
   * Measures one network.
   *
   * @throws OutOfMemory if the device has none left
   */
  default IndicatorMeasurement measure(MeasurementRequest request) {
    return measure(request, () -> {});
  }

  @Override
  void close();
}
