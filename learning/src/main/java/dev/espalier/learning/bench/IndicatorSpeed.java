package dev.espalier.learning.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.specification.NtkSettings;
import dev.espalier.search.specification.RegionSettings;
import dev.espalier.search.specification.SearchSettings;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times the measurements of the first candidates of a search: with each candidate and without it,
 * NTK and regions, on noise, in one thread. The un-pruned network is measured once a repeat, as in
 * a search; its time is counted among the candidates that were measured, though a round's 24 share
 * it.
 *
 * <p>Arguments: candidates, 1 to 24 (4); {@code batch=72}, {@code image=32}, {@code repeats=3}.
 * Prints one line of JSON. The processor time is the whole process's, compilation and garbage
 * collection included, from when the engine is loaded.
 */
public final class IndicatorSpeed {
  private final int repeats;
  private final SupernetIndicators indicators;
  private final Map<String, Double> seconds = new TreeMap<>();

  private IndicatorSpeed(int batch, int image, int repeats) {
    NtkSettings ntk = new NtkSettings(batch, image, 3, 1, "kaiming", "summed", "float64", false);
    RegionSettings regions = new RegionSettings(1000, 3, 3, 1, "kaiming");
    this.repeats = repeats;
    this.indicators =
        new SupernetIndicators(
            Torch.cpu(),
            IndicatorImages.noise(10, ntk, regions),
            new SearchSettings("exact", "published", 1, repeats, ntk, regions),
            0);
  }

  public static void main(String[] arguments) {
    Map<String, Integer> options = new TreeMap<>(Map.of("batch", 72, "image", 32, "repeats", 3));
    int candidates = 4;
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length == 1) {
        candidates = Integer.parseInt(argument);
      } else {
        options.put(parts[0], Integer.parseInt(parts[1]));
      }
    }
    int batch = options.getOrDefault("batch", 72);
    int image = options.getOrDefault("image", 32);
    int repeats = options.getOrDefault("repeats", 3);
    Torch torch = Torch.cpu();
    IndicatorSpeed speed = new IndicatorSpeed(batch, image, repeats);
    double cpu = cpuSeconds();
    long wall = System.nanoTime();
    speed.measure(candidates);
    double total = cpuSeconds() - cpu;

    Map<String, Object> report = new LinkedHashMap<>();
    report.put("numericClass", torch.numericClass());
    report.put("candidates", candidates);
    report.put("repeats", repeats);
    report.put("batch", batch);
    report.put("image", image);
    report.put("cpuSecondsOf", speed.seconds);
    report.put("cpuSeconds", total);
    report.put("cpuSecondsPerCandidate", total / candidates);
    report.put("wallSeconds", (System.nanoTime() - wall) / 1e9);
    System.out.println(Json.write(report));
  }

  private void measure(int count) {
    PruningState start = PruningState.start(NasBench201.SPACE.supernet(false));
    List<Candidate> candidates = start.candidates().subList(0, count);
    for (int repeat = 0; repeat < repeats; repeat++) {
      measure("unpruned", repeat, -1, start.mask());
      for (Candidate candidate : candidates) {
        Supernet without = start.mask().without(candidate.edge(), candidate.operator());
        measure("candidates", repeat, candidate.number(), without);
      }
    }
  }

  private void measure(String part, int repeat, int candidate, Supernet mask) {
    timed(part + "Ntk", new MeasurementRequest(0, repeat, candidate, mask, true, false));
    timed(part + "Regions", new MeasurementRequest(0, repeat, candidate, mask, false, true));
  }

  private void timed(String part, MeasurementRequest request) {
    double before = cpuSeconds();
    indicators.measure(request);
    seconds.merge(part, cpuSeconds() - before, Double::sum);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
