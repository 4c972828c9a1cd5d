package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostLimits;
import dev.espalier.search.evolution.EvolutionRun;
import dev.espalier.search.evolution.EvolutionSettings;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelBitSpace;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Times the published graph network: its training by the published recipe (one architecture a step,
 * Adam 1e-4, the last epoch's weights) on made-up accuracies, then the scoring of distinct
 * architectures in small batches, then the evolution that the published program means, in one
 * thread.
 *
 * <p>Arguments: a folder, where the rows, the first weights and the costs are written for other
 * programs to do the same; {@code epochs=50}, {@code rows=250}, {@code score=20000}, {@code
 * batch=20}. Prints one line of JSON. The processor time is the whole process's, compilation and
 * garbage collection included, from when the engine is loaded.
 */
public final class PredictorSpeed {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;
  private static final int HELD_OUT = 50;
  private static final int DIGEST_LINE = 65;

  private PredictorSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Map<String, Integer> options =
        new TreeMap<>(Map.of("epochs", 50, "rows", 250, "score", 20_000, "batch", 20));
    for (String argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], Integer.parseInt(parts[1]));
    }
    Torch torch = Torch.cpu();
    PredictorRecipe recipe =
        new PredictorRecipe(
            "gnn", options.getOrDefault("epochs", 50), 1e-4, 128, 54, 5, 1, 0, 0, 1);
    TrainingRows rows = madeUp(options.getOrDefault("rows", 250), "rows");
    TrainingRows heldOut = madeUp(HELD_OUT, "held out");
    write(folder, torch, recipe, rows, heldOut);

    double start = cpuSeconds();
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(torch, SPACE, recipe, rows, 0, "speed", null, FitMonitor.none());
    double trained = cpuSeconds();
    double[] predictions = fit.predictor().predict(heldOut.architectures());
    List<Architecture> distinct = distinct(options.getOrDefault("score", 20_000));
    double scoring = cpuSeconds();
    double sum = 0;
    int batch = options.getOrDefault("batch", 20);
    for (int from = 0; from < distinct.size(); from += batch) {
      List<Architecture> part = distinct.subList(from, Math.min(distinct.size(), from + batch));
      sum += Arrays.stream(fit.predictor().predict(part)).sum();
    }
    double scored = cpuSeconds();
    EvolutionRun evolution = evolved(fit.predictor());
    double evolved = cpuSeconds();
    fit.predictor().close();

    Map<String, Object> result = new LinkedHashMap<>();
    result.put("epochs", recipe.epochs());
    result.put("rows", rows.size());
    result.put("trainingCpuSeconds", rounded(trained - start));
    result.put("scored", distinct.size());
    result.put("scoringCpuSeconds", rounded(scored - scoring));
    result.put("meanScore", sum / distinct.size());
    result.put("evolutionCpuSeconds", rounded(evolved - scored));
    result.put("evolutionGenerations", evolution.history().size());
    result.put("evolutionEvaluations", evolution.scored().size());
    result.put("evolutionBest", evolution.best().orElseThrow().accuracy());
    result.put("losses", fit.losses());
    result.put("predictions", predictions);
    System.out.println(Json.write(result));
  }

  /** 20,000 different architectures within 15 million MACs, some 1,000 generations. */
  private static EvolutionRun evolved(Predictor predictor) {
    BitSpace space = ParallelBitSpace.of(SPACE, new Costs(SPACE.shape(), 32, 3, 100));
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.GENETIC,
            EvolutionSettings.PUBLISHED,
            space,
            CostLimits.macs(15e6),
            0,
            "speed");
    while (!run.finished()) {
      run.told(predictor.predict(run.proposals().stream().map(space::architecture).toList()));
    }
    return run;
  }

  /** Accuracies that grow with the operations, like real ones, between 0.51 and 0.58. */
  private static TrainingRows madeUp(int count, String name) {
    RandomStream stream = RandomStream.of(0, "predictor speed", name);
    List<Architecture> architectures = new ArrayList<>();
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      ParallelArchitecture architecture = SPACE.random(stream);
      architectures.add(architecture);
      accuracies[i] = 0.51 + 0.003 * stream.nextGaussian();
      boolean[] bits = SPACE.bits(architecture);
      for (int bit = 0; bit < bits.length; bit++) {
        accuracies[i] += bits[bit] ? 0.0002 * (bit % 6 + 1) * (bit / 6 + 1) / 2 : 0;
      }
    }
    return new TrainingRows(architectures, accuracies);
  }

  private static List<Architecture> distinct(int count) {
    RandomStream stream = RandomStream.of(0, "predictor speed", "scored");
    Set<Architecture> architectures = new LinkedHashSet<>();
    while (architectures.size() < count) {
      architectures.add(SPACE.random(stream));
    }
    return List.copyOf(architectures);
  }

  /** Stops a monitor's fit before its first step: its checkpoint holds the first weights. */
  private static final class Never implements FitMonitor {
    @Override
    public boolean stop() {
      return true;
    }

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return false;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(int epoch, double loss) {}
  }

  private static void write(
      Path folder, Torch torch, PredictorRecipe recipe, TrainingRows rows, TrainingRows heldOut)
      throws IOException {
    FitOutcome.Stopped stopped =
        (FitOutcome.Stopped)
            Predictors.fit(torch, SPACE, recipe, rows, 0, "speed", null, new Never());
    byte[] checkpoint = stopped.checkpoint();
    Files.write(
        folder.resolve("first.safetensors"),
        Arrays.copyOfRange(checkpoint, DIGEST_LINE, checkpoint.length));
    Costs costs = new Costs(MacroShape.PUBLISHED, 32, 3, 100);
    List<Long> macs = new ArrayList<>();
    for (int bit = 0; bit < SPACE.shape().bits(); bit++) {
      int operations = SPACE.shape().operations().size();
      macs.add(costs.part(bit / operations, bit % operations).macs());
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("rows", bits(rows));
    content.put("accuracies", rows.accuracies());
    content.put("heldOut", bits(heldOut));
    content.put("heldOutAccuracies", heldOut.accuracies());
    content.put("macs", macs);
    content.put("fixedMacs", costs.fixed().macs());
    Files.writeString(folder.resolve("rows.json"), Json.write(content));
  }

  private static List<boolean[]> bits(TrainingRows rows) {
    return rows.architectures().stream()
        .map(architecture -> SPACE.bits(SPACE.parse(architecture.canonical())))
        .toList();
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
