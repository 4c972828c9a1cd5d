package dev.espalier.cli.command;

import dev.espalier.cli.view.EvolutionExamples;
import dev.espalier.cli.view.Examples;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A completed experiment that evolved architectures on a predictor, as it stands in a store. */
final class StoredEvolution {

  static final String ID = "gnn-evolution-h8n3wd";

  private StoredEvolution() {}

  static void insert(Store store) {
    EvolutionSpecification specification = EvolutionSpecification.preset("quick", Map.of());
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                ID,
                specification.canonical(),
                "",
                Plans.of(specification.method()).stream()
                    .map(each ->
                        new ExperimentStage(each.name(), each.kind(), "", StageState.PENDING, null))
                    .toList(),
                Examples.START,
                "ada",
                "0.1.0"));
    store.experiments().updateState(ID, ExperimentState.RUNNING, null);
    EvolutionResult result = EvolutionExamples.result();
    List<Row> rows =
        List.of(
            row("skip|sep3|sep5|sep7|dil3", 9_000_000, 0.55),
            row("skip+sep5|sep3|sep5|sep7|dil3", 11_000_000, 0.609));
    String list =
        store
            .artifacts()
            .put(CanonicalJson.of(rows).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());
    stage(store, "evaluate", new EvaluateSampleResult(23, 1, list, rows.getLast()));
    stage(
        store,
        "train-predictor",
        new TrainPredictorResult(
            "ensemble",
            "a1".repeat(32),
            23,
            0.41,
            0.61,
            0.021,
            result.quality(),
            List.of(new Prediction(rows.getFirst().architecture(), 0.56, 0.55))));
    FrontPoint point =
        new FrontPoint(
            result.architecture(), result.predicted(), result.macs(), result.parameters(), null);
    Evolved evolved =
        new Evolved(
            "genetic",
            result.architecture(),
            result.predicted(),
            result.macs(),
            result.parameters(),
            2_000,
            2,
            List.of(new HistoryPoint(0, 20, 0.6, 0.5), new HistoryPoint(1, 2_000, 0.641, 0.62)),
            List.of(point),
            null);
    stage(
        store,
        "evolve",
        new EvolveResult(
            result.architecture(),
            result.predicted(),
            result.macs(),
            result.parameters(),
            result.warning(),
            List.of(evolved),
            List.of(point),
            null));
    store.experiments().complete(ID, "d1e2".repeat(16), CanonicalJson.of(result));
  }

  private static Row row(String architecture, long macs, double accuracy) {
    return new Row(
        architecture, "e1".repeat(32), macs, 500_000, 0, accuracy, accuracy, accuracy - 0.01);
  }

  private static void stage(Store store, String name, Object result) {
    String key = Digest.sha256(name);
    store.stages().claim(StageDocument.running(key, name, "{}", List.of()), ID);
    store
        .experiments()
        .updateStage(ID, new ExperimentStage(name, name, key, StageState.COMPLETED, null));
    store.stages().finish(key, CanonicalJson.of(result), 12, Map.of());
  }
}
