package dev.espalier.activities.method.metadatabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.ClassSubset;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metadatabase.PlannedTask;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.DrawnTasks;
import dev.espalier.workflows.method.metadatabase.PreparedTasks;
import dev.espalier.workflows.method.metadatabase.TaskActivities;
import dev.espalier.workflows.stage.PreparedData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what was imported, draws tasks, and puts their evaluations together. */
final class TaskWork implements TaskActivities {
  private static final TypeReference<List<PlannedTask>> TASKS = new TypeReference<>() {};

  private final Store store;
  private final Results results;
  private final Lists lists;
  private final MetaDatabaseFiles files;
  private final DatabaseAssembly assembly;

  TaskWork(Equipment equipment) {
    this.store = equipment.store();
    this.results = new Results(store, equipment.units());
    this.lists = new Lists(store);
    this.files = new MetaDatabaseFiles(store, equipment.datasets());
    this.assembly = new DatabaseAssembly(equipment);
  }

  @Override
  public PreparedTasks prepare(PrepareTasks request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/tasks", "Finding what was imported");
    return results.once(
        unit,
        new Task<>(request, PreparedTasks.class, specification.failure().attemptsWithoutProgress()),
        "prepared",
        attempt -> prepared(specification, request.data()));
  }

  private PreparedTasks prepared(MetaDatabaseSpecification specification, PreparedData data) {
    String tasks =
        digest(
            "search.taskDatabase",
            specification.search().taskDatabase(),
            DatasetDocument.META_DATABASE);
    @Nullable ModelDocument weights =
        specification.needs().isEmpty()
            ? null
            : store.models().find(specification.needs().getFirst(), specification.space());
    String features =
        weights != null
            ? null
            : digest("features.name", specification.features().name(), DatasetDocument.FEATURES);
    Map<String, String> imported = new TreeMap<>();
    if (tasks != null) {
      imported.put("tasks", tasks);
    }
    if (features != null) {
      imported.put("features", features);
      checkFeatures(specification, data, features);
    }
    if (weights != null) {
      imported.put("weights", weights.digest());
      checkWidth(specification, weights);
    }
    return new PreparedTasks(
        data.dataDigest(),
        data.channels(),
        data.height(),
        data.width(),
        data.classes(),
        data.train(),
        data.test(),
        imported.isEmpty() ? null : Digest.of(imported),
        tasks,
        features,
        weights == null ? null : weights.artifact());
  }

  private static void checkWidth(MetaDatabaseSpecification specification, ModelDocument weights) {
    String wanted = Integer.toString(specification.features().width());
    if (!wanted.equals(weights.sizes().get("features"))) {
      throw new InvalidInput(
          ("features.name: %s computes %s numbers an image, but features.width asks for %s: "
                  + "set it to that, or give others")
              .formatted(weights.name(), weights.sizes().get("features"), wanted));
    }
  }

  /** What the name stands for now; null for no name. */
  private @Nullable String digest(String setting, String name, String kind) {
    return name.isEmpty() ? null : files.named(setting, name, kind).digest();
  }

  private void checkFeatures(
      MetaDatabaseSpecification specification, PreparedData data, String digest) {
    String name = specification.features().name();
    DatasetDocument features = store.datasets().byDigest(digest).orElseThrow();
    List<String> problems = new ArrayList<>();
    if (features.width() != specification.features().width()) {
      problems.add(
          "features.name: %s has %,d numbers an image, but features.width asks for %,d: set it to %d, or give others"
              .formatted(
                  name, features.width(), specification.features().width(), features.width()));
    }
    if (features.classes() != data.classes()) {
      problems.add(
          "features.name: %s has features of %,d classes, but %s has %,d: give those of the same images"
              .formatted(name, features.classes(), specification.data(), data.classes()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  @Override
  public DrawnTasks draw(DrawTasks request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(request.ref(), request.ref().stageKey() + "/draw", "Drawing the tasks");
    return results.once(
        unit,
        new Task<>(request, DrawnTasks.class, specification.failure().attemptsWithoutProgress()),
        "drawn",
        attempt -> {
          List<PlannedTask> planned = specification.plan(tasks(specification, request));
          return new DrawnTasks(
              planned.size(), specification.search().evaluations(), lists.put("tasks", planned));
        });
  }

  private List<MetaTask> tasks(MetaDatabaseSpecification specification, DrawTasks request) {
    int classes = store.datasets().byDigest(request.dataDigest()).orElseThrow().classes();
    String database = request.taskDatabase();
    return database == null
        ? specification.drawTasks(classes)
        : taken(specification, files.database(database), classes);
  }

  /** The first tasks of a database, which must be tasks of this data. */
  private static List<MetaTask> taken(
      MetaDatabaseSpecification specification, MetaDatabase database, int classes) {
    String name = specification.search().taskDatabase();
    int wanted = specification.search().tasks();
    if (wanted > database.tasks()) {
      throw new InvalidInput(
          "search.tasks (%,d) is more than %s has: it has %,d tasks"
              .formatted(wanted, name, database.tasks()));
    }
    List<MetaTask> tasks = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      MetaTask task = database.task(i);
      tasks.add(task);
      int highest = task.classes().stream().max(Integer::compare).orElse(-1);
      if (task.classes().size() < 2) {
        problems.add("search.taskDatabase: %s of %s names no classes".formatted(task.name(), name));
      } else if (highest >= classes) {
        problems.add(
            "search.taskDatabase: %s of %s has class %d, but %s has %d classes"
                .formatted(task.name(), name, highest, specification.data(), classes));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.subList(0, Math.min(problems.size(), 20)));
    }
    return tasks;
  }

  @Override
  public List<TaskArchitecture> page(PageOfTasks request) {
    List<PlannedTask> tasks = planned(request.rows());
    int ofEach = tasks.getFirst().architectures().size();
    int to = Math.min(tasks.size() * ofEach, request.from() + request.count());
    List<TaskArchitecture> page = new ArrayList<>();
    for (int i = request.from(); i < to; i++) {
      PlannedTask task = tasks.get(i / ofEach);
      page.add(
          new TaskArchitecture(
              i / ofEach,
              new ClassSubset(request.images(), task.classes()).digest(),
              task.architectures().get(i % ofEach)));
    }
    return page;
  }

  @Override
  public AssembledDatabases assemble(AssembleDatabases request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/assemble",
            "Putting the evaluations together");
    return results.once(
        unit,
        new Task<>(
            request, AssembledDatabases.class, specification.failure().attemptsWithoutProgress()),
        "assembled",
        attempt -> assembly.of(specification, request, planned(request.rows())));
  }

  private List<PlannedTask> planned(String sha) {
    String json = new String(store.artifacts().get(sha), StandardCharsets.UTF_8);
    try {
      return Json.mapper().readValue(json, TASKS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("artifact %s is no list of tasks".formatted(sha), e);
    }
  }

  private static MetaDatabaseSpecification specification(String json) {
    return Json.read(json, MetaDatabaseSpecification.class);
  }
}
