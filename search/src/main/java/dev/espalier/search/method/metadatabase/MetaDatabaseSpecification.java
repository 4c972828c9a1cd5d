package dev.espalier.search.method.metadatabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.method.DrawsTasks;
import dev.espalier.search.method.UsesModels;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.specification.SpecificationReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An experiment that makes a meta-database: architectures drawn for each of many tasks, subsets of
 * the data's classes, are trained for real (Lee, Hyung and Hwang, ICLR 2021, section 4.1).
 *
 * @param network what is around an architecture
 * @param search which tasks, and how many architectures of each
 * @param features where the images' features come from
 * @param evaluation how each architecture is trained on its task
 */
public record MetaDatabaseSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    NetworkSettings network,
    TaskSettings search,
    FeatureSettings features,
    TrainingSettings evaluation,
    BudgetSettings budget,
    FailureSettings failure)
    implements DrawsTasks, UsesModels {
  public static final String METHOD = "metad2a-database";

  /** So many draws in a row that are there already: there are hardly any others. */
  private static final int MOST_REPEATS = 10_000;

  private static final String STREAM = "tasks";

  public MetaDatabaseSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("network", network);
    Require.present("search", search);
    Require.present("features", features);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static MetaDatabaseSpecification preset(String preset, Map<String, String> sets) {
    return (MetaDatabaseSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  /** The space that is drawn from. */
  public SearchSpace searchSpace() {
    return network.space();
  }

  @Override
  public int classesOfTask() {
    return search.classes();
  }

  @Override
  public int imagesOfClass() {
    return features.encoder().equals(FeatureSettings.IMPORTED) ? 0 : features.imagesPerClass();
  }

  @Override
  public List<Need> needs() {
    return features.hasWeights()
        ? List.of(
            new Need(
                "features.name",
                "feature-weights",
                features.name(),
                "Run: espalier model import resnet18.pt --name NAME"))
        : List.of();
  }

  @Override
  public List<Beside> beside() {
    List<Beside> beside = new ArrayList<>();
    if (!search.taskDatabase().isEmpty()) {
      beside.add(new Beside("search.taskDatabase", "meta-database", search.taskDatabase(), 0));
    }
    if (features.encoder().equals(FeatureSettings.IMPORTED)) {
      beside.add(new Beside("features.name", "features", features.name(), features.width()));
    }
    return beside;
  }

  @Override
  public Training training() {
    return new Training(network, evaluation);
  }

  /** That of a training by itself, so that both share what was evaluated. */
  @Override
  public JsonNode protocol() {
    return Training.protocol(evaluation, network);
  }

  @Override
  public String device() {
    return budget.device();
  }

  /** Empty: everything is trained for real. */
  @Override
  public String table() {
    return "";
  }

  /**
   * Tasks of different sets of classes.
   *
   * @param of how many classes the data has
   * @throws InvalidInput if there are not so many different ones
   */
  public List<MetaTask> drawTasks(int of) {
    if (search.classes() > of) {
      throw new InvalidInput(
          "search.classes (%d) is more than the data has: %s has %d. Set search.classes to %d at most"
              .formatted(search.classes(), data, of, of));
    }
    RandomStream stream = RandomStream.of(seed, STREAM, "classes");
    Set<List<Integer>> drawn = new LinkedHashSet<>();
    int repeats = 0;
    while (drawn.size() < search.tasks()) {
      repeats = drawn.add(some(of, search.classes(), stream)) ? 0 : repeats + 1;
      if (repeats == MOST_REPEATS) {
        throw new InvalidInput(
            "search.tasks (%,d) is more than there are sets of %d classes among the %d of %s: %,d were found"
                .formatted(search.tasks(), search.classes(), of, data, drawn.size()));
      }
    }
    List<MetaTask> tasks = new ArrayList<>();
    for (List<Integer> classes : drawn) {
      tasks.add(new MetaTask("task-" + tasks.size(), classes));
    }
    return tasks;
  }

  /** Ascending. */
  private static List<Integer> some(int of, int count, RandomStream stream) {
    List<Integer> classes = new ArrayList<>();
    int[] order = stream.permutation(of);
    for (int i = 0; i < count; i++) {
      classes.add(order[i]);
    }
    classes.sort(Integer::compare);
    return classes;
  }

  /** The tasks with what each of them is for, and the architectures that are drawn for it. */
  public List<PlannedTask> plan(List<MetaTask> tasks) {
    MetaSplit[] splits = splits(tasks.size());
    List<PlannedTask> planned = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      planned.add(
          new PlannedTask(
              tasks.get(i).name(), tasks.get(i).classes(), splits[i], drawArchitectures(i)));
    }
    return planned;
  }

  private MetaSplit[] splits(int tasks) {
    MetaSplit[] splits = new MetaSplit[tasks];
    int[] order = RandomStream.of(seed, STREAM, "split").permutation(tasks);
    for (int i = 0; i < tasks; i++) {
      splits[order[i]] =
          i < search.testTasks()
              ? MetaSplit.TEST
              : i < search.testTasks() + search.validationTasks()
                  ? MetaSplit.VALIDATION
                  : MetaSplit.TRAIN;
    }
    return splits;
  }

  /** From a stream of the task's own, so that more tasks change nothing of the first ones. */
  private List<String> drawArchitectures(int task) {
    RandomStream stream = RandomStream.of(seed, STREAM, task, "architectures");
    Set<String> drawn = new HashSet<>();
    List<String> architectures = new ArrayList<>();
    while (architectures.size() < search.architectures()) {
      String architecture = searchSpace().random(stream).canonical();
      if (drawn.add(architecture)) {
        architectures.add(architecture);
      }
    }
    return architectures;
  }
}
