package dev.espalier.api.method.metadatabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.method.metadatabase.MetaDatabaseFindings.TaskFindings;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.Announcements;
import dev.espalier.api.view.Announcements.Announced;
import dev.espalier.api.view.CurvesReader;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StagesOf;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metadatabase.PlannedTask;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metadatabase.DrawnTasks;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the stages recorded, for the page and the report; of very many tasks a part, so that
 * what is read stays bounded.
 */
public final class MetaDatabaseFindingsReader implements MethodFindings {
  private static final String EVALUATE = "evaluate";
  private static final String ENCODER = "train-encoder";
  private static final int MOST_ARCHITECTURES = 2_000;
  private static final int MOST_TASKS = 200;
  private static final TypeReference<List<PlannedTask>> TASKS = new TypeReference<>() {};

  @Override
  public String method() {
    return MetaDatabaseSpecification.METHOD;
  }

  @Override
  public Class<MetaDatabaseFindings> type() {
    return MetaDatabaseFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return MetaDatabaseReport.of(view, read(store, experiment));
  }

  @Override
  public MetaDatabaseFindings read(Store store, ExperimentDocument experiment) {
    MetaDatabaseSpecification specification =
        Json.read(experiment.specification(), MetaDatabaseSpecification.class);
    StagesOf stages = new StagesOf(store, experiment);
    List<PlannedTask> planned = planned(store, stages);
    Optional<StageDocument> evaluate = stages.named(EVALUATE);
    List<Announced> announced =
        evaluate.map(stage -> new Announcements(store).of(stage.key())).orElse(List.of());
    String result = experiment.result();
    return new MetaDatabaseFindings(
        specification.method(),
        specification.search().tasks(),
        specification.search().evaluations(),
        evaluate.map(stage -> evaluated(stage, announced.size())).orElse(0),
        shown(store, names(store, experiment), planned, announced),
        stages
            .named(ENCODER)
            .map(stage -> new CurvesReader(store).validation(stage.key(), "encoder"))
            .orElse(List.of()),
        result == null ? null : Json.read(result, MetaDatabaseResult.class));
  }

  /** All trainings of the rounds before, and what is done of the one in hand. */
  private static int evaluated(StageDocument stage, int announced) {
    int inHand = stage.progress().total();
    return stage.result() == null
        ? Math.max(0, announced - inHand) + stage.progress().done()
        : announced;
  }

  private static List<PlannedTask> planned(Store store, StagesOf stages) {
    return stages
        .named("sample")
        .map(StageDocument::result)
        .map(result -> tasks(store, Json.read(result, DrawnTasks.class).rows()))
        .orElse(List.of());
  }

  private static List<PlannedTask> tasks(Store store, String sha) {
    String json = new String(store.artifacts().get(sha), StandardCharsets.UTF_8);
    try {
      return Json.mapper().readValue(json, TASKS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("artifact %s is no list of tasks".formatted(sha), e);
    }
  }

  private static List<String> names(Store store, ExperimentDocument experiment) {
    return Optional.ofNullable(experiment.dataDigest())
        .flatMap(store.datasets()::byDigest)
        .map(DatasetDocument::classNames)
        .orElse(List.of());
  }

  private static List<TaskFindings> shown(
      Store store, List<String> names, List<PlannedTask> planned, List<Announced> announced) {
    if (planned.isEmpty()) {
      return List.of();
    }
    int ofEach = planned.getFirst().architectures().size();
    int most = Math.clamp(MOST_ARCHITECTURES / ofEach, 1, MOST_TASKS);
    int step = Math.ceilDiv(planned.size(), most);
    Map<String, Double> accuracies = accuracies(store, announced, ofEach, step);
    List<TaskFindings> shown = new ArrayList<>();
    for (int i = 0; i < planned.size(); i += step) {
      List<Announced> ofTask =
          announced.subList(
              Math.min(announced.size(), i * ofEach), Math.min(announced.size(), (i + 1) * ofEach));
      shown.add(findings(names, planned.get(i), ofTask, accuracies));
    }
    return shown;
  }

  /** Of the tasks that are shown, by the id under which an evaluation is stored. */
  private static Map<String, Double> accuracies(
      Store store, List<Announced> announced, int ofEach, int step) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < announced.size(); i++) {
      if (i / ofEach % step == 0) {
        ids.add(announced.get(i).stored());
      }
    }
    Map<String, Double> accuracies = new LinkedHashMap<>();
    for (EvaluationDocument evaluation : store.evaluations().find(ids)) {
      Double accuracy = evaluation.metrics().get("validationAccuracy");
      if (accuracy != null) {
        accuracies.put(evaluation.id(), accuracy);
      }
    }
    return accuracies;
  }

  private static TaskFindings findings(
      List<String> names, PlannedTask task, List<Announced> ofTask, Map<String, Double> known) {
    List<Double> accuracies = new ArrayList<>();
    @Nullable String architecture = null;
    @Nullable Double best = null;
    for (Announced each : ofTask) {
      Double accuracy = known.get(each.stored());
      if (accuracy != null) {
        accuracies.add(accuracy);
        if (best == null || accuracy > best) {
          best = accuracy;
          architecture = each.architecture();
        }
      }
    }
    return new TaskFindings(
        task.name(),
        task.split().label(),
        task.classes().stream()
            .map(each -> each < names.size() ? names.get(each) : "class " + each)
            .toList(),
        task.architectures().size(),
        accuracies,
        architecture,
        best);
  }
}
