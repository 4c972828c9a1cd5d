package dev.espalier.cli.command;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.CellIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.specification.SearchSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores cells. A value depends on its cell and seed alone, so cells are shared out among the
 * cores; within a seed all cells see the same images.
 */
final class Scoring {

  static final String NTK = "ntk";
  static final String REGIONS = "regions";
  static final String PARAMETERS = "parameters";
  static final String MACS = "macs";
  static final List<String> INDICATORS = List.of(NTK, REGIONS, PARAMETERS, MACS);

  private final Torch torch;
  private final IndicatorImages images;
  private final SearchSettings settings;

  Scoring(Torch torch, ImageDataset dataset, SearchSettings settings) {
    this.torch = torch;
    this.images = IndicatorImages.of(dataset, settings.ntk(), settings.regions());
    this.settings = settings;
  }

  /** Whether any of these needs a network, and not only arithmetic. */
  static boolean isMeasured(Set<String> indicators) {
    return indicators.contains(NTK) || indicators.contains(REGIONS);
  }

  /** What is known without measuring. */
  static List<Score> counted(List<Architecture> architectures, Set<String> wanted, int seeds) {
    return architectures.stream()
        .map(each -> new Score(each.canonical(), counts(cell(each), wanted, seeds)))
        .toList();
  }

  /** Measures every architecture with seeds 0 to {@code seeds - 1}. */
  List<Score> measure(
      List<Architecture> architectures, Set<String> wanted, int seeds, Consumer<String> progress)
      throws InterruptedException {
    List<Cell> cells = architectures.stream().map(Scoring::cell).toList();
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), cells.size());
    Progress done = new Progress(cells.size() * seeds, progress);
    ExecutorService workers =
        Executors.newFixedThreadPool(threads); // the engine wants platform threads
    try {
      List<Future<List<Score>>> parts = new ArrayList<>();
      for (int part = 0; part < threads; part++) {
        List<Cell> some =
            cells.subList(cells.size() * part / threads, cells.size() * (part + 1) / threads);
        parts.add(workers.submit(() -> measure(some, wanted, seeds, done)));
      }
      List<Score> scores = new ArrayList<>();
      for (Future<List<Score>> part : parts) {
        scores.addAll(result(part));
      }
      return scores;
    } finally {
      workers.shutdownNow();
    }
  }

  /** One thread's share: a seed at a time, so that its images are prepared once. */
  private List<Score> measure(List<Cell> cells, Set<String> wanted, int seeds, Progress done) {
    Map<Indicator, List<List<@Nullable Double>>> byIndicator = new EnumMap<>(Indicator.class);
    for (Indicator indicator : measured(wanted)) {
      byIndicator.put(
          indicator,
          cells.stream()
              .<List<@Nullable Double>>map(cell -> new ArrayList<@Nullable Double>())
              .toList());
    }
    try (CellIndicators indicators = new CellIndicators(torch, images, settings)) {
      for (int seed = 0; seed < seeds; seed++) {
        for (int i = 0; i < cells.size(); i++) {
          for (Map.Entry<Indicator, List<List<@Nullable Double>>> entry : byIndicator.entrySet()) {
            entry.getValue().get(i).add(indicators.score(cells.get(i), entry.getKey(), seed));
          }
          done.one();
        }
      }
    }
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Map<String, Score.Values> values = counts(cells.get(i), wanted, seeds);
      for (Map.Entry<Indicator, List<List<@Nullable Double>>> entry : byIndicator.entrySet()) {
        values.put(name(entry.getKey()), Score.Values.of(entry.getValue().get(i)));
      }
      scores.add(new Score(cells.get(i).canonical(), values));
    }
    return scores;
  }

  private static List<Indicator> measured(Set<String> wanted) {
    return Arrays.stream(Indicator.values()).filter(each -> wanted.contains(name(each))).toList();
  }

  private static String name(Indicator indicator) {
    return switch (indicator) {
      case NTK -> NTK;
      case REGIONS -> REGIONS;
    };
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

  private static Map<String, Score.Values> counts(Cell cell, Set<String> wanted, int seeds) {
    NetworkCost cost = NetworkCost.of(cell, NetworkShape.STANDARD);
    Map<String, Score.Values> values = new LinkedHashMap<>();
    if (wanted.contains(PARAMETERS)) {
      values.put(PARAMETERS, Score.Values.same(cost.parameters(), seeds));
    }
    if (wanted.contains(MACS)) {
      values.put(MACS, Score.Values.same(cost.macs(), seeds));
    }
    return values;
  }

  private static Cell cell(Architecture architecture) {
    if (architecture instanceof Cell cell) {
      return cell;
    }
    throw new InvalidInput(
        "there are no indicators for %s yet".formatted(architecture.canonical()));
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new Lost("measuring failed: " + e.getCause(), e);
    }
  }
}
