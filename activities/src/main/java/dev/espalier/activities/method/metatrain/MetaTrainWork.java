package dev.espalier.activities.method.metatrain;

import dev.espalier.activities.catalogue.ModelCatalog;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.Kept;
import dev.espalier.workflows.stage.StageRef;
import java.util.Map;
import java.util.TreeMap;

/** The units of work of a meta-training, each recorded once. */
final class MetaTrainWork implements MetaTrainActivities {
  private final Store store;
  private final Results results;
  private final Reporting reporting;
  private final TaskSearch search;
  private final MetaFitting fitting;
  private final ModelCatalog models;
  private final HeldOutTasks heldOut;

  MetaTrainWork(Equipment equipment) {
    this.store = equipment.store();
    this.results = new Results(store, equipment.units());
    this.reporting = new Reporting(equipment);
    this.search = new TaskSearch(equipment);
    this.fitting = new MetaFitting(equipment);
    this.models = new ModelCatalog(store);
    this.heldOut = new HeldOutTasks(equipment);
  }

  @Override
  public FoundTasks prepare(FindTasks request) {
    MetaTrainSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/tasks", "Finding what is learned from");
    return results.once(
        unit,
        new Task<>(request, FoundTasks.class, specification.failure().attemptsWithoutProgress()),
        "tasks",
        attempt ->
            request.made() == null
                ? search.found(specification)
                : search.made(specification, reporting.whole(request.made())));
  }

  @Override
  public MetaFitResult.Run fit(FitMetaModel request) {
    MetaTrainSpecification specification = specification(request.specification());
    String name = "fit-" + request.number();
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/" + name,
            "Meta-training the %s, no. %d".formatted(request.model(), request.number() + 1));
    boolean alone = specification.search().seeds() == 1;
    int epochs =
        request.model().equals("generator")
            ? specification.generator().epochs()
            : specification.predictor().epochs();
    return results.once(
        unit,
        new Task<>(
            request, MetaFitResult.Run.class, specification.failure().attemptsWithoutProgress()),
        name,
        attempt -> fitting.run(specification, request, unit, attempt),
        () -> {
          if (!alone) {
            store.stages().advance(request.ref().stageKey(), 0, epochs);
          }
        });
  }

  @Override
  public MetaTrainResult report(ReportMetaTraining request) {
    MetaTrainSpecification specification = specification(request.specification());
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        MetaTrainResult.class,
        attempt ->
            new MetaTrainResult(
                kept(specification, request, request.generator(), request.tasks().generator()),
                kept(specification, request, request.predictor(), request.tasks().predictor()),
                heldOut.judged(
                    specification,
                    request.tasks(),
                    weights(request.generator()),
                    weights(request.predictor()))),
        _ -> null);
  }

  private byte[] weights(String handedOn) {
    return store.artifacts().get(fit(handedOn).kept().weights());
  }

  private MetaFitResult fit(String handedOn) {
    return Json.read(reporting.whole(handedOn), MetaFitResult.class);
  }

  private Kept kept(
      MetaTrainSpecification specification,
      ReportMetaTraining request,
      String handedOn,
      String database) {
    MetaFitResult fit = fit(handedOn);
    MetaFitResult.Run run = fit.kept();
    ModelDocument model =
        models.keepTrained(
            specification.search().name() + "-" + fit.model(),
            TensorFile.stored(store.artifacts().get(run.weights())),
            origin(request.ref(), fit, database, request.tasks().features()));
    return new Kept(
        model.digest(), run.weights(), fit.metric(), run.value(), run.bestEpoch(), run.seed());
  }

  /** Its lineage. */
  private static Map<String, String> origin(
      StageRef ref, MetaFitResult fit, String database, String features) {
    Map<String, String> origin = new TreeMap<>();
    origin.put("experiment", ref.experimentId());
    origin.put("stage", "train-" + fit.model());
    origin.put("epoch", Integer.toString(fit.kept().bestEpoch()));
    origin.put("seed", Integer.toString(fit.kept().seed()));
    origin.put("database", database);
    origin.put("features", features);
    return origin;
  }

  private static MetaTrainSpecification specification(String json) {
    return Json.read(json, MetaTrainSpecification.class);
  }
}
