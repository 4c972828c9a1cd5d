package dev.espalier.workers.metrics;

import dev.espalier.learning.memory.ResidentMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the process occupies, natives included: what the Java meters do not see. */
final class ResidentGauge {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentGauge() {}

  static void bindTo(MeterRegistry registry) {
    if (Files.isReadable(STATUS)) {
      Gauge.builder("process.resident.memory", ResidentMemory::bytes)
          .description("Resident memory of the process")
          .baseUnit("bytes")
          .register(registry);
    }
  }
}
