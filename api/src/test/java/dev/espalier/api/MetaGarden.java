package dev.espalier.api;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metadatabase.PlannedTask;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.Database;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.DrawnTasks;
import dev.espalier.workflows.method.metadatabase.EvaluatedTasks;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.HeldOut;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.Kept;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Plants experiments of MetaD2A's three methods, all of them completed. */
final class MetaGarden {
  private static final String CELL =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|none~1|avg_pool_3x3~2|";
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String ENCODER = "residual blocks=[1, 1], weights " + SHA;

  private final Store store;

  MetaGarden(Store store) {
    this.store = store;
  }

  private String list(Object rows) {
    byte[] bytes = CanonicalJson.of(rows).getBytes(StandardCharsets.UTF_8);
    return store.artifacts().put(bytes, "list", Map.of());
  }

  void database(String id) {
    Planting planting =
        Planting.launched(store, id, MetaDatabaseSpecification.preset("quick", Map.of()));
    planting.start(Garden.DATA_DIGEST);
    planting.finish("train-encoder", "{}", 20);
    planting.finish("features", "{}", 2);
    List<PlannedTask> tasks =
        List.of(
            new PlannedTask("task-0", List.of(0, 1), MetaSplit.TRAIN, List.of(CELL)),
            new PlannedTask("task-1", List.of(1, 2), MetaSplit.TEST, List.of(CELL)));
    planting.finish("sample", CanonicalJson.of(new DrawnTasks(2, 2, list(tasks))), 1);
    planting.finish("evaluate", CanonicalJson.of(new EvaluatedTasks(2, 0)), 60);
    TaskSummary best =
        new TaskSummary("task-0", "train", List.of("cat", "dog"), 1, CELL, 0.75, 0.7, 0.6);
    AssembledDatabases databases =
        new AssembledDatabases(
            new Database("pets-generator-12345678", SHA, 2),
            new Database("pets-predictor-12345678", SHA, 2),
            list(List.of(best)),
            0.7,
            0.1,
            List.of(0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
            best);
    planting.finish("assemble", CanonicalJson.of(databases), 1);
    planting.complete(
        CanonicalJson.of(
            new MetaDatabaseResult(
                2,
                2,
                0,
                databases,
                new TrainedEncoder("trained", "residual", SHA, 0.6, 0.59),
                new JoinedFeatures("pets-features-12345678", SHA, 512, 3, 150))));
  }

  void training(String id) {
    Planting planting =
        Planting.launched(store, id, MetaTrainSpecification.preset("quick", Map.of()));
    planting.start(
        SHA,
        CanonicalJson.of(
            new FoundTasks(SHA, SHA, SHA, SHA, SHA, 512, 6, 6, 48, "made here", ENCODER)));
    for (String model : List.of("generator", "predictor")) {
      double value = model.equals("generator") ? -23.2 : 0.78;
      String key = planting.claim("train-" + model);
      for (int epoch = 1; epoch <= 3; epoch++) {
        store.measurements().append(key, 0, "loss-0", epoch, 3.0 / epoch);
        store.measurements().append(key, 0, "validation-0", epoch, value * epoch / 3);
      }
      MetaFitResult.Run run = new MetaFitResult.Run(0, SHA, 3, 60, value, List.of());
      String metric =
          model.equals("generator") ? "validation loss (negative)" : "Pearson correlation";
      planting.finish(
          "train-" + model,
          CanonicalJson.of(new MetaFitResult(model, metric, List.of(run), 0)),
          30);
    }
    Kept kept = new Kept(SHA, SHA, "Pearson correlation", 0.78, 3, 0);
    HeldOut unseen = new HeldOut("task-5", 8, 0.071, 0.0333, 0.0617, 0.03, "task-4");
    planting.complete(CanonicalJson.of(new MetaTrainResult(kept, kept, List.of(unseen))));
  }

  /** With its models made first. */
  void search(String id) {
    Planting planting =
        Planting.launched(
            store,
            id,
            MetaD2aSpecification.preset("quick", Map.of("models.train.tasks.make.seed", "0")));
    for (String stage : planting.madeFirst()) {
      planting.finish(stage, "{}", 10);
    }
    planting.start(
        Garden.DATA_DIGEST,
        CanonicalJson.of(
            new PreparedSearch(
                Garden.DATA_DIGEST,
                10,
                null,
                SHA,
                SHA,
                SHA,
                "metad2a-generator",
                "metad2a-predictor",
                "",
                new PreparedSearch.KnownTasks(SHA, SHA),
                true)));
    planting.finish(
        "encode",
        CanonicalJson.of(
            new EncodedData(
                SHA,
                500,
                512,
                ENCODER,
                List.of(
                    new EncodedData.Place("task-0", 1, 2),
                    new EncodedData.Place("task-1", -1, 0.5),
                    new EncodedData.Place("", 0.5, 1)),
                List.of(new EncodedData.Near("task-0", 0, 0.9)))),
        4);
    planting.finish(
        "generate",
        CanonicalJson.of(
            new GeneratedArchitectures(list(List.of(CELL)), 1, 200, 67, 64, 64, 64, 60)),
        2);
    Group top = new Group(Group.TOP, List.of(new Member(CELL, 0.72)));
    planting.finish(
        "rank",
        CanonicalJson.of(
            new RankingResult(
                1, list(List.of(CELL)), list(List.of(CELL)), List.of(0.72), List.of(top), true)),
        1);
    EvaluateSampleResult.Row row =
        new EvaluateSampleResult.Row(CELL, SHA, 2_726_218, 79_778, 0, 0.64, 0.64, 0.661);
    planting.finish(
        "evaluate", CanonicalJson.of(new EvaluateSampleResult(1, 0, list(List.of(row)), row)), 70);
    Judged judged = new Judged(CELL, 0.64, 0.661);
    planting.complete(
        CanonicalJson.of(
            new MetaD2aResult(
                CELL,
                79_778,
                2_726_218,
                new Accuracy(0.64, 0.661),
                List.of(new Evaluated(Group.TOP, 1, 0, judged, judged, 0.661, 0.64, 0.661)),
                null,
                null,
                null,
                true)));
  }
}
