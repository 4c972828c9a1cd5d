package dev.espalier.bench;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GeneratorModel;
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
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What MetaD2A's generators propose for real images, by the table of NAS-Bench-201: 500 different
 * architectures each, ranked by predictors that were fitted to the published rows and know no
 * images, beside random ones, beside what the authors generated for CIFAR-100, and beside what our
 * generator was meta-trained on.
 *
 * <p>The features at hand are 1,280 wide, of another network than the published generator's 512. It
 * gets 512 of them, chosen by a seed once and for all, so it reads images unlike those that it was
 * trained with. Our generator reads all 1,280: it is meta-trained on tasks of 20 classes of
 * CIFAR-100, each with the best of ten random architectures by CIFAR-100's table, whatever the
 * classes; so only CIFAR-10 is new to it.
 *
 * <p>Arguments: {@code table=}, {@code rows=}, {@code features=}, {@code generator=}, {@code
 * published=} the list of CIFAR-100; {@code seed=0}, {@code epochs=40} of the generator, {@code
 * predictorEpochs=30}, {@code hidden=512}. Prints a line of JSON for each set and data set.
 */
public final class MetaD2ASets {
  private static final GraphCoding CELLS = GraphCodings.of(NasBench201.NAME);
  private static final int WANTED = 500;
  private static final int MOST = 20_000;
  private static final int TOP = 30;
  private static final int BATCH = 100;
  private static final int PER_CLASS = 20;
  private static final int CLASSES_OF_A_TASK = 20;
  private static final int TASKS = 600;
  private static final int VALIDATION = 100;
  private static final int DRAWN_FOR_A_TASK = 10;

  private final AccuracyTable table;
  private final Path features;
  private final List<Ranking> rankings;
  private final long seed;

  private MetaD2ASets(AccuracyTable table, Path features, List<Ranking> rankings, long seed) {
    this.table = table;
    this.features = features;
    this.rankings = rankings;
    this.seed = seed;
  }

  /** Scores of cells, more is better. */
  private record Ranking(String name, Scores scores) {}

  private interface Scores {
    double[] of(List<Cell> cells);
  }

  /**
   * Some cells, and how many graphs were drawn for them.
   *
   * @param drawn 0 if they were not generated
   * @param valid of those
   */
  private record Cells(String name, List<Cell> cells, int drawn, int valid) {}

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words));
    int seed = arguments.number("seed", 0);
    PublishedMetaRows rows = PublishedMetaRows.read(arguments.path("rows"));
    try (Predictor process = rows.fit("gaussian-process", seed);
        MetaPredictorModel meta =
            rows.meta(
                arguments.number("predictorEpochs", 30),
                arguments.number("hidden", 512),
                seed,
                MetaMonitor.none())) {
      List<Ranking> rankings =
          List.of(
              new Ranking(
                  "metaPredictor",
                  cells -> meta.score(List.of(), cells.stream().map(CELLS::encode).toList())),
              new Ranking(
                  "gaussianProcess", cells -> process.predict(List.<Architecture>copyOf(cells))));
      new MetaD2ASets(
              TableData.table(arguments.path("table")), arguments.path("features"), rankings, seed)
          .compare(arguments);
    }
  }

  private void compare(Arguments arguments) throws IOException {
    ImageFeatures cifar10 = ImageFeatures.read(features, "cifar10_train");
    ImageFeatures cifar100 = ImageFeatures.read(features, "cifar100");
    List<Cell> known = bestOfTasks();
    byte[] published = Files.readAllBytes(arguments.path("generator"));
    byte[] ours = trained(cifar100, known, arguments.number("epochs", 40));
    try (GeneratorModel theirs =
            GeneratorModel.read(Torch.cpu(), CELLS.topology(), "published", published);
        GeneratorModel own = GeneratorModel.read(Torch.cpu(), CELLS.topology(), "ours", ours)) {
      for (TableData data : List.of(TableData.CIFAR10, TableData.CIFAR100)) {
        ImageFeatures images = data == TableData.CIFAR10 ? cifar10 : cifar100;
        tell(data, random());
        tell(data, new Cells("best of ten by CIFAR-100", known.stream().distinct().toList(), 0, 0));
        if (data == TableData.CIFAR100) {
          tell(data, authors(arguments.path("published")));
        }
        tell(
            data,
            generated("published generator", theirs, images.selected(theirs.sizes().width(), 0)));
        tell(data, generated("our generator", own, images));
      }
    }
  }

  private Cells random() {
    List<Cell> cells = new ArrayList<>();
    int[] order = RandomStream.of(seed, "metad2a sets", "random").permutation(15_625);
    for (int i = 0; i < WANTED; i++) {
      cells.add(Cell.ofIndex(order[i]));
    }
    return new Cells("random", cells, 0, 0);
  }

  private static Cells authors(Path list) throws IOException {
    return new Cells(
        "generated by the authors",
        Files.readAllLines(list).stream()
            .skip(1)
            .map(line -> Cell.parse(line.split(",", -1)[1]))
            .distinct()
            .toList(),
        0,
        0);
  }

  /** For each task the best of ten random cells by CIFAR-100's table. */
  private List<Cell> bestOfTasks() {
    List<Cell> best = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      RandomStream stream = RandomStream.of(seed, "metad2a sets", "task", task);
      best.add(
          IntStream.range(0, DRAWN_FOR_A_TASK)
              .mapToObj(_ -> Cell.ofIndex(stream.nextInt(15_625)))
              .max(Comparator.comparingDouble(cell -> TableData.CIFAR100.accuracy(table, cell)))
              .orElseThrow());
    }
    return best;
  }

  private byte[] trained(ImageFeatures images, List<Cell> best, int epochs) {
    MetaTrainingTask task =
        new MetaTrainingTask(
            Torch.cpu(),
            CELLS,
            ModelKind.GENERATOR,
            new ModelSizes(
                images.width(), ModelSizes.GENERATOR.latent(), ModelSizes.GENERATOR.hidden()),
            new MetaRecipe(epochs, 32, 1e-3, 0.1, 10),
            new Tasks(images, best.subList(VALIDATION, TASKS), seed),
            new Tasks(images, best.subList(0, VALIDATION), seed + 1),
            seed);
    try (MetaTraining training = MetaTraining.of(task, null, MetaMonitor.none())) {
      training.run();
      System.err.println(Json.write(training.epochs().get(training.bestEpoch() - 1)));
      return training.best();
    }
  }

  /** Tasks of random classes, each with an architecture. */
  private record Tasks(ImageFeatures images, List<Cell> cells, long seed) implements MetaExamples {
    @Override
    public int size() {
      return cells.size();
    }

    @Override
    public String digest() {
      return "metad2a sets " + seed + " " + cells.size();
    }

    @Override
    public SetDraw draw(int row, RandomStream stream) {
      int[] classes =
          Arrays.copyOf(
              RandomStream.of(seed, "metad2a sets", "classes", row)
                  .permutation(images.classes().size()),
              CLASSES_OF_A_TASK);
      return images.draw(classes, PER_CLASS, stream);
    }

    @Override
    public CodedGraph graph(int row) {
      return CELLS.encode(cells.get(row));
    }

    @Override
    public double target(int row) {
      throw new IllegalStateException("a generator learns from architectures");
    }
  }

  private Cells generated(String name, GeneratorModel generator, ImageFeatures images) {
    int[] all = IntStream.range(0, images.classes().size()).toArray();
    Map<String, Cell> kept = new LinkedHashMap<>();
    int drawn = 0;
    int valid = 0;
    for (int round = 0; kept.size() < WANTED && drawn < MOST; round++) {
      List<SetDraw> draws = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        draws.add(
            images.draw(all, PER_CLASS, RandomStream.of(seed, "metad2a sets", "images", round, i)));
      }
      for (CodedGraph graph :
          generator.generate(draws, RandomStream.of(seed, "metad2a sets", "decisions", round))) {
        drawn++;
        Optional<Architecture> cell = CELLS.decode(graph);
        if (cell.isPresent()) {
          valid++;
          if (kept.size() < WANTED) {
            kept.putIfAbsent(cell.get().canonical(), (Cell) cell.get());
          }
        }
      }
    }
    return new Cells(name, List.copyOf(kept.values()), drawn, valid);
  }

  private void tell(TableData data, Cells set) {
    List<Cell> cells = set.cells();
    double[] accuracies = cells.stream().mapToDouble(cell -> data.accuracy(table, cell)).toArray();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("data", data.label());
    line.put("set", set.name());
    line.put("cells", cells.size());
    if (set.drawn() > 0) {
      line.put("validity", (double) set.valid() / set.drawn());
      line.put("drawn", set.drawn());
    }
    line.put("mean", Arrays.stream(accuracies).average().orElseThrow());
    line.put("best", Arrays.stream(accuracies).max().orElseThrow());
    for (Ranking ranking : rankings) {
      double[] scores = ranking.scores().of(cells);
      double[] ranked =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .limit(TOP)
              .mapToDouble(i -> accuracies[i])
              .toArray();
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("top1", ranked[0]);
      of.put("top30Mean", Arrays.stream(ranked).average().orElseThrow());
      of.put("top30Best", Arrays.stream(ranked).max().orElseThrow());
      line.put(ranking.name(), of);
    }
    System.out.println(Json.write(line));
  }
}
