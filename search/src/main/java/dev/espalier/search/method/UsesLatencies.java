package dev.espalier.search.method;

import dev.espalier.search.settings.MeasuredLatencies;
import java.util.Optional;

/**
 * A specification that can judge architectures by measured latencies; as JSON they are its {@code
 * budget.latencies}.
 */
public interface UsesLatencies extends TrainsNetworks {
  /** Where they are; empty where none are asked for. */
  Optional<MeasuredLatencies> latencies();

  /** The longest that an architecture may take, in milliseconds; 0 sets no limit. */
  double longestLatency();

  /** Height and width of the images of the latencies, in pixels. */
  default int latencyImageSize() {
    int asked = latencies().map(MeasuredLatencies::imageSize).orElse(0);
    return asked == 0 ? training().recipe().imageSize() : asked;
  }
}
