package dev.espalier.cli.command;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Measurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.specification.SearchSettings;
import java.util.ArrayList;
import java.util.Collections;
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
 * Scores cells. Each measurement depends on its seed and cell alone, so they are shared out among
 * the cores; within a seed all cells share weights and images, as candidates of a search do.
 */
final class Scoring {

  static final String NTK = "ntk";
  static final String REGIONS = "regions";
  static final String PARAMETERS = "parameters";
  static final String MACS = "macs";
  static final List<String> INDICATORS = List.of(NTK, REGIONS, PARAMETERS, MACS);

  private final Torch torch;
  private final ImageDataset images;
  private final SearchSettings settings;

  Scoring(Torch torch, ImageDataset images, SearchSettings settings) {
    this.torch = torch;
    this.images = images;
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
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), cells.size() * seeds);
    int slices = Math.min(cells.size(), Math.ceilDiv(threads, seeds));
    AtomicInteger done = new AtomicInteger();
    ExecutorService workers =
        Executors.newFixedThreadPool(threads); // the engine wants platform threads
    try {
      List<List<Future<List<Measurement>>>> bySeed = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        bySeed.add(new ArrayList<>());
        for (int slice = 0; slice < slices; slice++) {
          long stream = seed;
          List<Cell> some =
              cells.subList(cells.size() * slice / slices, cells.size() * (slice + 1) / slices);
          bySeed
              .getLast()
              .add(
                  workers.submit(
                      () -> measure(some, wanted, stream, done, cells.size() * seeds, progress)));
        }
      }
      List<List<Measurement>> measured = new ArrayList<>();
      for (List<Future<List<Measurement>>> parts : bySeed) {
        List<Measurement> ofSeed = new ArrayList<>();
        for (Future<List<Measurement>> part : parts) {
          ofSeed.addAll(result(part));
        }
        measured.add(ofSeed);
      }
      return scores(cells, wanted, measured);
    } finally {
      workers.shutdownNow();
    }
  }

  private List<Measurement> measure(
      List<Cell> cells,
      Set<String> wanted,
      long seed,
      AtomicInteger done,
      int total,
      Consumer<String> progress) {
    List<Measurement> measured = new ArrayList<>();
    try (SupernetIndicators indicators = new SupernetIndicators(torch, images, settings, seed)) {
      for (Cell cell : cells) {
        measured.add(
            indicators.measure(
                new MeasurementRequest(
                    0, 0, -1, cell.mask(), wanted.contains(NTK), wanted.contains(REGIONS))));
        int now = done.incrementAndGet();
        if (now % 50 == 0) {
          progress.accept("%d of %d measured".formatted(now, total));
        }
      }
    }
    return measured;
  }

  private static List<Score> scores(
      List<Cell> cells, Set<String> wanted, List<List<Measurement>> bySeed) {
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<@Nullable Double> conditions = new ArrayList<>();
      List<Double> regions = new ArrayList<>();
      for (List<Measurement> ofSeed : bySeed) {
        conditions.add(ofSeed.get(i).condition());
        regions.add(ofSeed.get(i).regions());
      }
      Map<String, Score.Values> values = counts(cells.get(i), wanted, bySeed.size());
      if (wanted.contains(NTK)) {
        values.put(NTK, Score.Values.of(conditions));
      }
      if (wanted.contains(REGIONS)) {
        values.put(REGIONS, Score.Values.of(regions));
      }
      scores.add(new Score(cells.get(i).canonical(), values));
    }
    return scores;
  }

  private static Map<String, Score.Values> counts(Cell cell, Set<String> wanted, int seeds) {
    NetworkCost cost = NetworkCost.of(cell, NetworkShape.STANDARD);
    Map<String, Score.Values> values = new LinkedHashMap<>();
    if (wanted.contains(PARAMETERS)) {
      values.put(PARAMETERS, same(cost.parameters(), seeds));
    }
    if (wanted.contains(MACS)) {
      values.put(MACS, same(cost.macs(), seeds));
    }
    return values;
  }

  private static Score.Values same(long value, int seeds) {
    return Score.Values.of(Collections.nCopies(seeds, (double) value));
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
