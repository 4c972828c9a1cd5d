package dev.espalier.activities.method.metadatabase;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.StoreBehind;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.ClassSubset;
import dev.espalier.search.meta.MetaDatabaseWriter;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.meta.MetaRow;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metadatabase.PlannedTask;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.Database;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.TaskActivities.AssembleDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts evaluations together: the generator's database keeps the best of each task. */
final class DatabaseAssembly {
  private static final int TENTHS = 10;

  private final Store store;
  private final Lists lists;
  private final MetaDatabaseFiles files;
  private final String numericClass;

  DatabaseAssembly(Equipment equipment) {
    this.store = equipment.store();
    this.lists = new Lists(store);
    this.files = new MetaDatabaseFiles(store, equipment.datasets());
    this.numericClass = equipment.torch().numericClass();
  }

  /** An architecture with its accuracy, a ratio. */
  private record Scored(String architecture, double accuracy) {}

  AssembledDatabases of(
      MetaDatabaseSpecification specification, AssembleDatabases request, List<PlannedTask> tasks) {
    List<List<Scored>> scored = new ArrayList<>();
    int missing = 0;
    for (PlannedTask task : tasks) {
      List<Scored> ofTask = scored(specification, request, task);
      missing += task.architectures().size() - ofTask.size();
      scored.add(ofTask);
    }
    if (missing > request.failed()) {
      throw new StoreBehind(
          "the store lacks %d evaluations of trainings that did not fail: they are made again"
              .formatted(missing - request.failed()));
    }
    DatasetDocument data = store.datasets().byDigest(request.dataDigest()).orElseThrow();
    try {
      return databases(specification, request, data, tasks, scored);
    } catch (IOException e) {
      throw new UncheckedIOException("the meta-databases cannot be written", e);
    }
  }

  private List<Scored> scored(
      MetaDatabaseSpecification specification, AssembleDatabases request, PlannedTask task) {
    String data = new ClassSubset(request.dataDigest(), task.classes()).digest();
    List<Scored> scored = new ArrayList<>();
    for (String architecture : task.architectures()) {
      String id =
          Trainings.recordIdOfTask(specification, data, architecture, numericClass, request.salt());
      store
          .evaluations()
          .find(id)
          .map(DatabaseAssembly::validation)
          .ifPresent(accuracy -> scored.add(new Scored(architecture, accuracy)));
    }
    return scored;
  }

  private static double validation(EvaluationDocument evaluation) {
    return Objects.requireNonNull(evaluation.metrics().get("validationAccuracy"));
  }

  private AssembledDatabases databases(
      MetaDatabaseSpecification specification,
      AssembleDatabases request,
      DatasetDocument data,
      List<PlannedTask> tasks,
      List<List<Scored>> scored)
      throws IOException {
    double[] all = scored.stream().flatMap(List::stream).mapToDouble(Scored::accuracy).toArray();
    if (all.length == 0) {
      throw new InvalidInput("no architecture could be evaluated, so there is no database");
    }
    List<TaskSummary> summaries = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      if (!scored.get(i).isEmpty()) {
        summaries.add(summary(data, tasks.get(i), scored.get(i)));
      }
    }
    Origin origin = new Origin(specification, data, request.features());
    return new AssembledDatabases(
        database(origin, MetaHeader.GENERATOR, tasks, bestOfEach(scored)),
        database(origin, MetaHeader.PREDICTOR, tasks, scored),
        lists.put("tasks", summaries),
        Statistics.mean(all),
        all.length < 2 ? 0 : Statistics.standardDeviation(all),
        histogram(all),
        bestTask(summaries));
  }

  private static List<List<Scored>> bestOfEach(List<List<Scored>> scored) {
    return scored.stream()
        .map(each -> each.isEmpty() ? List.<Scored>of() : List.of(best(each)))
        .toList();
  }

  /** Of equal ones the first. */
  private static Scored best(List<Scored> scored) {
    Scored best = scored.getFirst();
    for (Scored each : scored) {
      best = each.accuracy() > best.accuracy() ? each : best;
    }
    return best;
  }

  private static TaskSummary bestTask(List<TaskSummary> summaries) {
    TaskSummary best = summaries.getFirst();
    for (TaskSummary each : summaries) {
      best = each.accuracy() > best.accuracy() ? each : best;
    }
    return best;
  }

  private static TaskSummary summary(DatasetDocument data, PlannedTask task, List<Scored> scored) {
    double[] accuracies = scored.stream().mapToDouble(Scored::accuracy).toArray();
    Scored best = best(scored);
    return new TaskSummary(
        task.name(),
        task.split().label(),
        task.classes().stream().map(data.classNames()::get).toList(),
        scored.size(),
        best.architecture(),
        best.accuracy(),
        Statistics.mean(accuracies),
        Arrays.stream(accuracies).min().orElseThrow());
  }

  private static List<Integer> histogram(double[] accuracies) {
    Integer[] counts = new Integer[TENTHS];
    Arrays.fill(counts, 0);
    for (double accuracy : accuracies) {
      counts[Math.min(TENTHS - 1, (int) (accuracy * TENTHS))]++;
    }
    return List.of(counts);
  }

  /**
   * What both databases are made from.
   *
   * @param features digest of those of the images; null where that was not told
   */
  private record Origin(
      MetaDatabaseSpecification specification, DatasetDocument data, @Nullable String features) {}

  private Database database(
      Origin origin, String kind, List<PlannedTask> tasks, List<List<Scored>> scored)
      throws IOException {
    MetaDatabaseSpecification specification = origin.specification();
    DatasetDocument data = origin.data();
    MetaHeader header =
        new MetaHeader(
            kind,
            specification.space(),
            data.digest(),
            data.classes(),
            "trained by %s on %s".formatted(specification.method(), specification.data()));
    DatasetDocument stored =
        files.write(
            specification.data() + "-" + kind,
            header,
            origin.features(),
            writer -> write(writer, tasks, scored));
    return new Database(stored.name(), stored.digest(), stored.train());
  }

  private static void write(
      MetaDatabaseWriter writer, List<PlannedTask> tasks, List<List<Scored>> scored)
      throws IOException {
    for (PlannedTask task : tasks) {
      writer.task(new MetaTask(task.name(), task.classes()));
    }
    for (int i = 0; i < tasks.size(); i++) {
      for (Scored each : scored.get(i)) {
        writer.row(
            new MetaRow(i, each.architecture(), 100 * each.accuracy(), tasks.get(i).split()));
      }
    }
  }
}
