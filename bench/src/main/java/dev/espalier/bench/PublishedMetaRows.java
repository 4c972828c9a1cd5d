package dev.espalier.bench;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that MetaD2A's predictor was meta-trained on: which cell came to which accuracy. The
 * images of the tasks are not at hand, so whatever is fitted to them here is blind to the task.
 *
 * @param fitted the published 4,230
 * @param held the published 400 others
 */
record PublishedMetaRows(List<Row> fitted, List<Row> held) {
  private static final GraphCoding CELLS = GraphCodings.of(NasBench201.NAME);
  private static final int BATCH = 32;

  /** A row; its accuracy is a ratio. */
  record Row(Cell cell, double accuracy, boolean held) {}

  /** Of the file {@code meta_train_predictor.csv}. */
  static PublishedMetaRows read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> names = List.of(lines.getFirst().split(",", -1));
    int cell = names.indexOf("arch");
    int accuracy = names.indexOf("accuracy");
    int split = names.indexOf("split");
    List<Row> rows =
        lines.stream()
            .skip(1)
            .map(line -> List.of(line.split(",", -1)))
            .map(each ->
                new Row(
                    Cell.parse(each.get(cell)),
                    Double.parseDouble(each.get(accuracy)) / 100,
                    each.get(split).equals("eval")))
            .toList();
    return new PublishedMetaRows(
        rows.stream().filter(row -> !row.held()).toList(),
        rows.stream().filter(Row::held).toList());
  }

  /** A predictor of this kind, fitted to the mean of each cell, since it knows no tasks. */
  Predictor fit(String kind, long seed) {
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
                PredictorRecipe.published(kind),
                new TrainingRows(cells, means),
                seed,
                "metad2a",
                null,
                FitMonitor.none());
    return fit.predictor();
  }

  /** The meta-predictor on graphs alone; its epoch is chosen on a tenth of the fitted rows. */
  MetaPredictorModel meta(int epochs, int hidden, long seed, MetaMonitor monitor) {
    List<Row> mixed = new ArrayList<>(); // the file's order is not random
    for (int row : RandomStream.of(seed, "metad2a real", "inner").permutation(fitted.size())) {
      mixed.add(fitted.get(row));
    }
    int inner = mixed.size() / 10;
    MetaTrainingTask task =
        new MetaTrainingTask(
            Torch.cpu(),
            CELLS,
            ModelKind.PREDICTOR,
            new ModelSizes(0, ModelSizes.PREDICTOR.latent(), hidden),
            new MetaRecipe(epochs, BATCH, 1e-4, 0.1, 10),
            new Examples(mixed.subList(inner, mixed.size())),
            new Examples(mixed.subList(0, inner)),
            seed);
    try (MetaTraining training = MetaTraining.of(task, null, monitor)) {
      training.run();
      return MetaPredictorModel.read(Torch.cpu(), CELLS.topology(), "best", training.best());
    }
  }

  private record Examples(List<Row> rows) implements MetaExamples {
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
}
