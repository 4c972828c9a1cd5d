package dev.espalier.cli.command;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorValues;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures architectures of one space. A value depends on its architecture and seed alone, so they
 * are shared out among the cores; within a seed all of them see the same images.
 */
final class Scoring {

  private final Supplier<ArchitectureIndicators> indicators;

  /**
   * @param indicators makes those of a thread
   */
  Scoring(Supplier<ArchitectureIndicators> indicators) {
    this.indicators = indicators;
  }

  /**
   * Measures every architecture with seeds 0 to {@code seeds - 1}.
   *
   * @return by indicator, then by architecture, then by seed
   */
  Map<Indicator, List<List<@Nullable Double>>> measure(
      List<? extends Architecture> architectures,
      Set<Indicator> wanted,
      int seeds,
      Consumer<String> progress)
      throws InterruptedException {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), architectures.size());
    Progress done = new Progress(architectures.size() * seeds, progress);
    ExecutorService workers =
        Executors.newFixedThreadPool(threads); // the engine wants platform threads
    try {
      List<Future<Map<Indicator, List<List<@Nullable Double>>>>> parts = new ArrayList<>();
      for (int part = 0; part < threads; part++) {
        List<? extends Architecture> some =
            architectures.subList(
                architectures.size() * part / threads, architectures.size() * (part + 1) / threads);
        parts.add(workers.submit(() -> measure(some, wanted, seeds, done)));
      }
      Map<Indicator, List<List<@Nullable Double>>> values = new EnumMap<>(Indicator.class);
      for (Future<Map<Indicator, List<List<@Nullable Double>>>> part : parts) {
        result(part)
            .forEach((indicator, ofPart) ->
                values.computeIfAbsent(indicator, _ -> new ArrayList<>()).addAll(ofPart));
      }
      return values;
    } finally {
      workers.shutdownNow();
    }
  }

  /** One thread's share. */
  private Map<Indicator, List<List<@Nullable Double>>> measure(
      List<? extends Architecture> architectures, Set<Indicator> wanted, int seeds, Progress done) {
    try (ArchitectureIndicators own = indicators.get()) {
      return IndicatorValues.of(
          own, architectures, wanted, LongStream.range(0, seeds).boxed().toList(), done::one);
    }
  }

  /** Tells now and then how far all threads are. */
  private static final class Progress {

    private static final int STEP = 50;

    private final AtomicInteger done = new AtomicInteger();
    private final int total;
    private final Consumer<String> told;

    Progress(int total, Consumer<String> told) {
      this.total = total;
      this.told = told;
    }

    void one() {
      int now = done.incrementAndGet();
      if (now % STEP == 0) {
        told.accept("%d of %d measured".formatted(now, total));
      }
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new OutOfMemory(
            ("Java's %,d MB are too few for these settings: measure smaller batches or images, or give more, such "
                    + "as ESPALIER_JVM=-Xmx6g")
                .formatted(Runtime.getRuntime().maxMemory() >> 20),
            e);
      }
      throw new Lost("measuring failed: " + e.getCause(), e);
    }
  }
}
