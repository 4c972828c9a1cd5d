package dev.espalier.bench;

import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaMonitor;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the architecture alone tells of the accuracies that MetaD2A's predictor was meta-trained on:
 * fitted to the published 4,230 rows, asked for the published 400 others. The images of the tasks
 * are not at hand, so the meta-predictor reads graphs alone here; and it, the number of parameters
 * and the predictors are all blind to the task.
 *
 * <p>Arguments: {@code rows=} the file {@code meta_train_predictor.csv}; {@code kind=} parameters,
 * meta-predictor or a kind of predictor; {@code seed=0}; {@code epochs=30}, {@code hidden=512} of
 * the meta-predictor. Prints one line of JSON.
 */
public final class MetaD2AReal {
  private static final GraphCoding CELLS = GraphCodings.of(NasBench201.NAME);

  private MetaD2AReal() {}

  public static void main(String[] words) throws IOException {
    Arguments arguments = Arguments.of(List.of(words));
    PublishedMetaRows rows = PublishedMetaRows.read(arguments.path("rows"));
    List<Architecture> held =
        rows.held().stream().<Architecture>map(PublishedMetaRows.Row::cell).toList();
    double[] measured = rows.held().stream().mapToDouble(PublishedMetaRows.Row::accuracy).toArray();
    double[] predicted = predicted(rows, held, arguments);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", arguments.text("kind"));
    result.put("fitted", rows.fitted().size());
    result.put("held", held.size());
    result.put("kendall", Statistics.kendallTau(predicted, measured));
    result.put("pearson", Statistics.pearson(predicted, measured));
    System.out.println(Json.write(result));
  }

  private static double[] predicted(
      PublishedMetaRows rows, List<Architecture> held, Arguments arguments) {
    String kind = arguments.text("kind");
    int seed = arguments.number("seed", 0);
    if (kind.equals("parameters")) {
      return held.stream()
          .mapToDouble(cell -> NasBench201.SPACE.standardCost(cell).parameters())
          .toArray();
    }
    if (kind.equals("meta-predictor")) {
      try (MetaPredictorModel model =
          rows.meta(
              arguments.number("epochs", 30),
              arguments.number("hidden", 512),
              seed,
              MetaMonitor.none())) {
        return model.score(List.of(), held.stream().map(CELLS::encode).toList());
      }
    }
    try (Predictor predictor = rows.fit(kind, seed)) {
      return predictor.predict(held);
    }
  }
}
