package dev.espalier.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.space.nasbench201.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * TE-NAS as a plain library call, without Temporal, store or processes: the same stages with the
 * same numbers, on as many threads as a worker has slots. What orchestration costs is measured
 * against it.
 *
 * <p>Arguments: folder of a data set in CIFAR-10's binary layout, threads, then overrides as {@code
 * path=value}.
 */
public final class PlainTeNas {
  private final Torch torch = Torch.cpu();
  private final ImageDataset data;
  private final TeNasSpecification specification;
  private final ExecutorService slots;
  private final ThreadLocal<SupernetIndicators> indicators;

  private PlainTeNas(ImageDataset data, TeNasSpecification specification, int threads) {
    this.data = data;
    this.specification = specification;
    this.slots = Executors.newFixedThreadPool(threads);
    this.indicators =
        ThreadLocal.withInitial(() ->
            new SupernetIndicators(
                torch, data, specification.search().indicators(), specification.seed()));
  }

  /** Runs once for every line that comes in, and prints its times as a line of JSON. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> sets = new LinkedHashMap<>();
    for (int i = 2; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      sets.put(parts[0], parts[1]);
    }
    TeNasSpecification specification = TeNasSpecification.preset("quick", sets);
    ImageDataset data =
        CifarBinary.of(CifarBinary.Variant.CIFAR10).read("cifar10", Path.of(arguments[0]), 0);
    PlainTeNas plain = new PlainTeNas(data, specification, Integer.parseInt(arguments[1]));
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (asked.readLine() != null) {
      System.out.println(Json.write(plain.run()));
    }
    plain.slots.shutdownNow();
  }

  private Map<String, Object> run() throws Exception {
    long start = System.nanoTime();
    Cell found = prune();
    long pruned = System.nanoTime();
    List<Double> accuracies = evaluate(found);
    long evaluated = System.nanoTime();
    report(found);
    long end = System.nanoTime();
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("architecture", found.canonical());
    times.put("testAccuracies", accuracies);
    times.put("pruneSeconds", (pruned - start) / 1e9);
    times.put("evaluateSeconds", (evaluated - pruned) / 1e9);
    times.put("reportSeconds", (end - evaluated) / 1e9);
    times.put("seconds", (end - start) / 1e9);
    return times;
  }

  private Cell prune() throws Exception {
    return new PlainPruning(
            specification.search(),
            requests -> all(requests.stream().map(this::measuring).toList()))
        .search();
  }

  private Callable<IndicatorMeasurement> measuring(MeasurementRequest request) {
    return () -> indicators.get().measure(request);
  }

  private List<Double> evaluate(Cell found) throws Exception {
    Set<Cell> cells = new LinkedHashSet<>(List.of(found));
    RandomStream stream = RandomStream.of(specification.seed(), "evaluate", "random-architectures");
    while (cells.size() <= specification.evaluation().randomCells()) {
      cells.add(NasBench201.SPACE.random(stream));
    }
    List<Callable<Double>> work = new ArrayList<>();
    for (Cell cell : cells) {
      work.add(() -> train(cell));
    }
    return all(work);
  }

  private double train(Cell cell) {
    return switch (ImageTraining.train(
        torch,
        data,
        new CellTrainee(
            cell, specification.evaluation().channels(), specification.evaluation().cells()),
        TrainingRecipe.of(specification.training().recipe()),
        specification.seed(),
        "plain/" + cell.canonical(),
        null,
        TrainingMonitor.none())) {
      case TrainingOutcome.Finished finished -> finished.result().testAccuracy();
      case TrainingOutcome.Stopped _ -> throw new IllegalStateException("nobody stops it");
    };
  }

  private void report(Cell found) throws Exception {
    List<Callable<IndicatorMeasurement>> work = new ArrayList<>();
    for (int repeat = 0; repeat < specification.search().repeats(); repeat++) {
      work.add(measuring(new MeasurementRequest(3, repeat, -1, found.mask(), true, true)));
    }
    all(work);
  }

  private <T> List<T> all(List<Callable<T>> work) throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    for (Future<T> each : slots.invokeAll(work)) {
      results.add(each.get());
    }
    return results;
  }
}
