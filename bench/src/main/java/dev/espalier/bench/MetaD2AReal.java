package dev.espalier.bench;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaEpoch;
import dev.espalier.learning.meta.MetaExamples;
import dev.espalier.learning.meta.MetaMonitor;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.MetaRecipe;
import dev.espalier.learning.meta.MetaTraining;
import dev.espalier.learning.meta.MetaTrainingTask;
import dev.espalier.learning.meta.ModelKind;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the architecture alone tells of the accuracies that MetaD2A's predictor was meta-trained on:
 * fitted to the published 4,230 rows, asked for the published 400 others. The images of the tasks
 * are not at hand, so the meta-predictor reads graphs alone here; and it, the number of parameters
 * and the Gaussian process are all blind to the task.
 *
 * <p>Arguments: {@code rows=} the file {@code meta_train_predictor.csv}; {@code kind=} parameters,
 * gaussian-process or meta-predictor; {@code epochs=30}, {@code hidden=512}, {@code seed=0} of the
 * last. Prints one line of JSON.
 */
public final class MetaD2AReal {
  private static final GraphCoding CELLS = GraphCodings.of(NasBench201.NAME);

  private MetaD2AReal() {}

  /** A row: which cell came to which accuracy, a ratio; on which task is not told. */
  private record Row(Cell cell, double accuracy, boolean held) {}

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words));
    List<Row> rows = rows(arguments.path("rows"));
    List<Row> held = rows.stream().filter(Row::held).toList();
    List<Row> fitted = rows.stream().filter(row -> !row.held()).toList();
    double[] measured = held.stream().mapToDouble(Row::accuracy).toArray();
    double[] predicted =
        switch (arguments.text("kind")) {
          case "parameters" -> parameters(held);
          case "gaussian-process" -> process(fitted, held, arguments.number("seed", 0));
          default -> meta(fitted, held, arguments);
        };
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", arguments.text("kind"));
    result.put("fitted", fitted.size());
    result.put("held", held.size());
    result.put("kendall", Statistics.kendallTau(predicted, measured));
    result.put("pearson", Statistics.pearson(predicted, measured));
    System.out.println(Json.write(result));
  }

  private static List<Row> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> names = List.of(lines.getFirst().split(",", -1));
    int cell = names.indexOf("arch");
    int accuracy = names.indexOf("accuracy");
    int split = names.indexOf("split");
    return lines.stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(each ->
            new Row(
                Cell.parse(each.get(cell)),
                Double.parseDouble(each.get(accuracy)) / 100,
                each.get(split).equals("eval")))
        .toList();
  }

  private static double[] parameters(List<Row> held) {
    return held.stream()
        .mapToDouble(row -> NasBench201.SPACE.standardCost(row.cell()).parameters())
        .toArray();
  }

  /** Fitted to the mean of each cell, since it knows no tasks. */
  private static double[] process(List<Row> fitted, List<Row> held, long seed) {
    Map<Integer, List<Double>> byCell = new TreeMap<>();
    fitted.forEach(row ->
        byCell.computeIfAbsent(row.cell().index(), _ -> new ArrayList<>()).add(row.accuracy()));
    List<Architecture> cells = new ArrayList<>();
    byCell.keySet().forEach(index -> cells.add(Cell.ofIndex(index)));
    double[] means =
        byCell.values().stream()
            .mapToDouble(
                each -> each.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
            .toArray();
    FitOutcome.Finished fit =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                PredictorRecipe.published("gaussian-process"),
                new TrainingRows(cells, means),
                seed,
                "metad2a",
                null,
                FitMonitor.none());
    try (Predictor predictor = fit.predictor()) {
      return predictor.predict(held.stream().<Architecture>map(Row::cell).toList());
    }
  }

  private static double[] meta(List<Row> fitted, List<Row> held, Arguments arguments) {
    int seed = arguments.number("seed", 0);
    List<Row> mixed = new ArrayList<>(); // the file's order is not random
    for (int row : RandomStream.of(seed, "metad2a real", "inner").permutation(fitted.size())) {
      mixed.add(fitted.get(row));
    }
    int inner = mixed.size() / 10; // the epoch is chosen on rows that are neither
    MetaTrainingTask task =
        new MetaTrainingTask(
            Torch.cpu(),
            CELLS,
            ModelKind.PREDICTOR,
            new ModelSizes(0, 56, arguments.number("hidden", 512)),
            new MetaRecipe(arguments.number("epochs", 30), 32, 1e-4, 0.1, 10),
            new Rows(mixed.subList(inner, mixed.size())),
            new Rows(mixed.subList(0, inner)),
            seed);
    try (MetaTraining training = MetaTraining.of(task, null, new Printing())) {
      training.run();
      try (MetaPredictorModel best =
          MetaPredictorModel.read(Torch.cpu(), CELLS.topology(), "best", training.best())) {
        return best.score(List.of(), held.stream().map(row -> CELLS.encode(row.cell())).toList());
      }
    }
  }

  private record Rows(List<Row> rows) implements MetaExamples {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public String digest() {
      return Digest.of(Json.tree(rows.stream().map(Row::accuracy).toList()));
    }

    @Override
    public SetDraw draw(int row, RandomStream stream) {
      throw new IllegalStateException("the images of the tasks are not at hand");
    }

    @Override
    public CodedGraph graph(int row) {
      return CELLS.encode(rows.get(row).cell());
    }

    @Override
    public double target(int row) {
      return rows.get(row).accuracy();
    }
  }

  /** Tells each epoch on the error stream. */
  private static final class Printing implements MetaMonitor {
    @Override
    public boolean stop() {
      return false;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {}

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return false;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(MetaEpoch epoch) {
      System.err.println(Json.write(epoch));
    }
  }
}
