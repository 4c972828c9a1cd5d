package dev.espalier.api;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.training.TrainResult;
import java.util.List;
import java.util.Map;

/** Plants trainings of one architecture. */
final class TrainGarden {
  static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  private TrainGarden() {}

  /**
   * @param whole trained to the end, else three epochs of five
   */
  static void plant(Store store, String id, boolean whole) {
    Planting planting =
        Planting.launched(
            store, id, TrainSpecification.preset("quick", Map.of("architecture", CELL)));
    planting.start(Garden.DATA_DIGEST);
    String key = planting.claim("train");
    String evaluation = Digest.sha256(id);
    store
        .measurements()
        .record(
            key,
            0,
            "round",
            CanonicalJson.of(
                Map.of(
                    "trainings",
                    List.of(
                        Map.of(
                            "evaluationId", evaluation, "architecture", CELL, "role", "found")))));
    for (int epoch = 1; epoch <= 3; epoch++) {
      anotherEpoch(store, id, epoch);
    }
    if (whole) {
      String weights = store.artifacts().put(new byte[] {5, 6, 7}, "weights", Map.of());
      planting.finish(
          "train",
          CanonicalJson.of(
              new EvaluateResult(
                  List.of(new Evaluated(evaluation, CELL, "found", 0L, 0.6, 0.58, 0.7, weights)))),
          12);
      store.experiments().keep(id, "weights", weights);
      planting.complete(
          CanonicalJson.of(
              new TrainResult(CELL, 1000, 2000, 5, new Accuracy(0.6, 0.58), 0.7, weights)));
    }
  }

  static void anotherEpoch(Store store, String id, int epoch) {
    String key = Digest.sha256(id + "/train");
    String evaluation = Digest.sha256(id);
    store.measurements().append(key, 0, "loss-" + evaluation, epoch, 2.0 / epoch);
    store.measurements().append(key, 0, "validation-" + evaluation, epoch, 0.2 * epoch);
  }
}
