package dev.espalier.activities.method.metatrain;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.learning.features.FeatureDraws;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.PlacedOperator;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.HeldOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Judges the models on the tasks that were kept for tests: those that neither has seen. */
final class HeldOutTasks {
  /** Draws of images that a prediction is the mean of, as published. */
  private static final int DRAWS = 10;

  private static final double PERCENT = 100;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;

  HeldOutTasks(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
  }

  /**
   * @param generator its weights, which tell how near tasks are; {@code predictor} likewise
   */
  List<HeldOut> judged(
      MetaTrainSpecification specification, FoundTasks tasks, byte[] generator, byte[] predictor) {
    MetaDatabase database = files.database(tasks.predictor());
    Map<Integer, List<MetaRow>> held = new TreeMap<>();
    Map<Integer, List<MetaRow>> learned = new TreeMap<>();
    for (int number = 0; number < database.rows(); number++) {
      MetaRow row = database.row(number);
      if (row.split() == MetaSplit.TEST) {
        held.computeIfAbsent(row.task(), _ -> new ArrayList<>()).add(row);
      } else if (row.split() == MetaSplit.TRAIN) {
        learned.computeIfAbsent(row.task(), _ -> new ArrayList<>()).add(row);
      }
    }
    if (held.isEmpty()) {
      return List.of();
    }
    GraphCoding coding = GraphCodings.of(specification.space());
    Images images =
        new Images(
            database,
            files.features(tasks.features()),
            specification.predictor().perClass(),
            specification.seed());
    try (GeneratorModel encoder =
            GeneratorModel.read(equipment.torch(), coding.topology(), "the generator", generator);
        MetaPredictorModel ranker =
            MetaPredictorModel.read(
                equipment.torch(), coding.topology(), "the predictor", predictor)) {
      Map<Integer, float[]> places = new TreeMap<>();
      learned
          .keySet()
          .forEach(task -> places.put(task, encoder.means(images.draws(task, 1)).getFirst()));
      List<HeldOut> judged = new ArrayList<>();
      held.forEach((task, rows) -> {
        float[] place = encoder.means(images.draws(task, 1)).getFirst();
        int nearest =
            places.entrySet().stream()
                .min(Comparator.comparingDouble(each -> distance(each.getValue(), place)))
                .orElseThrow()
                .getKey();
        double[] scores =
            ranker.score(
                images.draws(task, DRAWS),
                rows.stream()
                    .map(row -> coding.encode(space(specification).parse(row.architecture())))
                    .toList());
        judged.add(
            heldOut(
                database,
                rows,
                scores,
                alike(specification, rows, best(Objects.requireNonNull(learned.get(nearest)))),
                nearest));
      });
      return judged;
    }
  }

  private static SearchSpace space(MetaTrainSpecification specification) {
    return SearchSpaces.named(specification.space());
  }

  /** Draws of a task's images. */
  private record Images(MetaDatabase database, FeatureFile features, int perClass, long seed) {
    List<SetDraw> draws(int task, int count) {
      int[] classes = database.task(task).classes().stream().mapToInt(Integer::intValue).toArray();
      List<SetDraw> draws = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        RandomStream stream = RandomStream.of(seed, "metad2a", "held-out", task, i);
        draws.add(FeatureDraws.draw(features, classes, perClass, stream));
      }
      return draws;
    }
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - (double) b[i]) * (a[i] - (double) b[i]);
    }
    return squares;
  }

  private static MetaRow best(List<MetaRow> rows) {
    return rows.stream().max(Comparator.comparingDouble(MetaRow::accuracyPercent)).orElseThrow();
  }

  /** The row whose architecture has the most operators in common with another one. */
  private static int alike(
      MetaTrainSpecification specification, List<MetaRow> rows, MetaRow other) {
    SearchSpace space = space(specification);
    List<PlacedOperator> wanted = space.parse(other.architecture()).placed();
    int chosen = 0;
    long most = -1;
    for (int i = 0; i < rows.size(); i++) {
      long common =
          space.parse(rows.get(i).architecture()).placed().stream()
              .filter(wanted::contains)
              .count();
      if (common > most) {
        most = common;
        chosen = i;
      }
    }
    return chosen;
  }

  private static HeldOut heldOut(
      MetaDatabase database, List<MetaRow> rows, double[] scores, int alike, int nearest) {
    double[] accuracies =
        rows.stream().mapToDouble(row -> row.accuracyPercent() / PERCENT).toArray();
    double best = best(rows).accuracyPercent() / PERCENT;
    int first = 0;
    for (int i = 1; i < scores.length; i++) {
      first = scores[i] > scores[first] ? i : first;
    }
    double tau = scores.length < 2 ? Double.NaN : Statistics.kendallTau(scores, accuracies);
    return new HeldOut(
        database.task(rows.getFirst().task()).name(),
        rows.size(),
        Double.isNaN(tau) ? null : tau,
        best - accuracies[first],
        best - Statistics.mean(accuracies),
        best - accuracies[alike],
        database.task(nearest).name());
  }
}
