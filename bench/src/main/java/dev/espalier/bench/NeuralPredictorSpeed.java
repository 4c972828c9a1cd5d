package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.learning.predictor.ConvolutionSettings;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Times the neural predictor at its published settings in one thread: 300 epochs on 172 cells of
 * NAS-Bench-101 with made-up accuracies, then the scoring of all 423,624 cells.
 *
 * <p>Arguments: a folder, where cells, rows and the first weights are written for other programs to
 * do the same; {@code epochs=300}. Prints one line of JSON. The processor time is the whole
 * process's, compilation and garbage collection included, from when the engine is loaded and the
 * cells are listed.
 */
public final class NeuralPredictorSpeed {
  private static final int ROWS = 172;
  private static final int MOST_VERTICES = 7;
  private static final int SHOWN = 1000;
  private static final int DIGEST_LINE = 65;
  private static final double MEAN = 0.908192;
  private static final double DEVIATION = 0.023961;
  private static final ConvolutionSettings SETTINGS = new ConvolutionSettings(1e-3, 0.1, true);

  private NeuralPredictorSpeed() {}

  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    Arguments arguments = Arguments.of(List.of(words).subList(1, words.length));
    Torch torch = Torch.cpu();
    List<GraphCell> cells =
        IntStream.range(0, Math.toIntExact(NasBench101.SPACE.size()))
            .mapToObj(GraphCell::ofIndex)
            .toList();
    int[] chosen =
        Arrays.copyOf(
            RandomStream.of(0, "neural predictor speed", "rows").permutation(cells.size()), ROWS);
    TrainingRows rows = madeUp(Arrays.stream(chosen).mapToObj(cells::get).toList());
    PredictorRecipe recipe = recipe(arguments.number("epochs", 300), 1e-4);
    write(folder, torch, recipe, cells, chosen, rows);

    Stopwatch training = new Stopwatch();
    FitOutcome.Finished fit = fit(torch, recipe, rows);
    double trained = training.cpuSeconds();
    double trainedWall = training.seconds();

    // With the first weights, which both sides have: at such a rate nothing moves.
    try (Predictor first = fit(torch, recipe(1, 1e-30), rows).predictor()) {
      double[] firstOutputs = normalized(first.predict(rows.architectures()));
      Stopwatch scoring = new Stopwatch();
      double[] scores = first.predict(cells);
      double scored = scoring.cpuSeconds();
      double scoredWall = scoring.seconds();
      Stopwatch again = new Stopwatch();
      first.predict(cells);
      double scoredAgain = again.cpuSeconds();
      double scoredTrained = scoreTrained(folder, fit.predictor(), cells);

      Map<String, Object> result = new LinkedHashMap<>();
      result.put("epochs", recipe.epochs());
      result.put("trainingCpuSeconds", trained);
      result.put("trainingSeconds", trainedWall);
      result.put("cells", cells.size());
      result.put("scoringCpuSeconds", scored);
      result.put("scoringSeconds", scoredWall);
      result.put("scoringAgainCpuSeconds", scoredAgain);
      result.put("scoringTrainedCpuSeconds", scoredTrained);
      result.put(
          "losses", fit.losses().stream().map(loss -> loss / (DEVIATION * DEVIATION)).toList());
      result.put("firstOutputs", firstOutputs);
      result.put("meanScore", Arrays.stream(normalized(scores)).average().orElseThrow());
      result.put(
          "scores",
          normalized(
              IntStream.range(0, scores.length)
                  .filter(i -> i % SHOWN == 0)
                  .mapToDouble(i -> scores[i])
                  .toArray()));
      System.out.println(Json.write(result));
    }
  }

  /** With weights of which some have died; they are written for other programs. */
  private static double scoreTrained(Path folder, Predictor trained, List<GraphCell> cells)
      throws IOException {
    Files.write(folder.resolve("trained.safetensors"), trained.save());
    Stopwatch scoring = new Stopwatch();
    trained.predict(cells);
    double scored = scoring.cpuSeconds();
    trained.close();
    return scored;
  }

  private static PredictorRecipe recipe(int epochs, double rate) {
    return new PredictorRecipe("neural-predictor", epochs, rate, 144, 128, 3, 10, 0, 0, 1)
        .with(SETTINGS);
  }

  private static FitOutcome.Finished fit(Torch torch, PredictorRecipe recipe, TrainingRows rows) {
    return (FitOutcome.Finished)
        Predictors.fit(torch, NasBench101.SPACE, recipe, rows, 0, "speed", null, FitMonitor.none());
  }

  /** Accuracies that grow with convolutions and shrink with depth, like real ones. */
  private static TrainingRows madeUp(List<GraphCell> cells) {
    RandomStream stream = RandomStream.of(0, "neural predictor speed", "accuracies");
    double[] accuracies = new double[cells.size()];
    for (int i = 0; i < accuracies.length; i++) {
      GraphCell cell = cells.get(i);
      accuracies[i] = MEAN + 0.01 * stream.nextGaussian() - 0.002 * cell.edges();
      for (int vertex = 1; vertex < cell.output(); vertex++) {
        accuracies[i] += 0.01 * (1 - cell.operation(vertex).index());
      }
      accuracies[i] = Math.clamp(accuracies[i], 0.1, 1);
    }
    return new TrainingRows(cells, accuracies);
  }

  private static double[] normalized(double[] accuracies) {
    return Arrays.stream(accuracies).map(each -> (each - MEAN) / DEVIATION).toArray();
  }

  private static void write(
      Path folder,
      Torch torch,
      PredictorRecipe recipe,
      List<GraphCell> cells,
      int[] chosen,
      TrainingRows rows)
      throws IOException {
    FitOutcome.Stopped stopped =
        (FitOutcome.Stopped)
            Predictors.fit(
                torch, NasBench101.SPACE, recipe, rows, 0, "speed", null, new NeverBegins());
    byte[] checkpoint = stopped.checkpoint();
    Files.write(
        folder.resolve("first.safetensors"),
        Arrays.copyOfRange(checkpoint, DIGEST_LINE, checkpoint.length));
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (GraphCell cell : cells) {
      writeRecord(cell, records);
    }
    Files.write(folder.resolve("cells.bin"), records.toByteArray());
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("rows", chosen);
    content.put("accuracies", rows.accuracies());
    content.put("mean", MEAN);
    content.put("deviation", DEVIATION);
    Files.writeString(folder.resolve("rows.json"), Json.write(content));
  }

  /** Number of vertices, kind of each, and a byte for each row of the matrix. */
  private static void writeRecord(GraphCell cell, ByteArrayOutputStream out) {
    out.write(cell.vertices());
    for (int vertex = 0; vertex < MOST_VERTICES; vertex++) {
      boolean inner = vertex > 0 && vertex < cell.output();
      out.write(inner ? 2 + cell.operation(vertex).index() : vertex == 0 ? 1 : 0);
    }
    for (int source = 0; source < MOST_VERTICES; source++) {
      int row = 0;
      for (int target = source + 1; target < cell.vertices(); target++) {
        row |= cell.hasEdge(source, target) ? 1 << target : 0;
      }
      out.write(row);
    }
  }

  /** Processor and wall time since it was made. */
  private static final class Stopwatch {
    private final double cpu = cpu();
    private final long begin = System.nanoTime();

    private static double cpu() {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
          / 1e9;
    }

    double cpuSeconds() {
      return rounded(cpu() - cpu);
    }

    double seconds() {
      return rounded((System.nanoTime() - begin) / 1e9);
    }

    private static double rounded(double seconds) {
      return Math.round(seconds * 1000) / 1000.0;
    }
  }

  /** Stops a fit before its first step: its checkpoint holds the first weights. */
  private static final class NeverBegins implements FitMonitor {
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
}
