package dev.espalier.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Labels;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of experiments: {@code GET /api/experiments} and {@code espalier list
 * --json}.
 *
 * @param architecture the found architecture, once there is one
 * @param accuracy its accuracy as a ratio, once measured
 * @param stage the stage that runs or failed, for the eye
 * @param labels what people call it
 */
public record ExperimentLine(
    String id,
    ExperimentState state,
    @Nullable String reason,
    String method,
    String space,
    String data,
    long seed,
    String preset,
    @Nullable String digest,
    @Nullable String architecture,
    @Nullable Double accuracy,
    @Nullable String stage,
    double progress,
    int recoveries,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    double seconds,
    Labels labels) {
  public ExperimentLine {
    labels = Objects.requireNonNullElse(labels, Labels.NONE); // of a version before
  }

  private static final List<StageState> CURRENT =
      List.of(StageState.RUNNING, StageState.FAILED, StageState.PAUSED);

  /** As {@link #of(ExperimentView)}; one that cannot be read whole is told of as far as it can. */
  public static ExperimentLine of(Store store, ExperimentSummary summary, Instant now) {
    try {
      ExperimentDocument document = store.experiments().find(summary.id()).orElseThrow();
      return of(
          store, document, ExperimentView.begun(store, List.of(document)), summary.labels(), now);
    } catch (Lost e) {
      throw e;
    } catch (RuntimeException unreadable) {
      return new ExperimentLine(
          summary.id(),
          summary.state(),
          summary.reason() == null
              ? "it cannot be read: " + unreadable.getMessage()
              : summary.reason(),
          summary.method(),
          summary.space(),
          summary.data(),
          summary.seed(),
          summary.preset(),
          summary.digest(),
          null,
          null,
          null,
          0,
          0,
          summary.created(),
          summary.started(),
          summary.ended(),
          0,
          summary.labels());
    }
  }

  /** Those of many at once, by their ids. */
  public static Map<String, ExperimentLine> of(
      Store store, List<ExperimentSummary> summaries, Instant now) {
    Map<String, ExperimentLine> lines = new HashMap<>();
    List<ExperimentDocument> documents =
        store.experiments().find(summaries.stream().map(ExperimentSummary::id).toList());
    Map<String, StageDocument> stages = ExperimentView.begun(store, documents);
    Map<String, Labels> labels = new HashMap<>();
    summaries.forEach(summary -> labels.put(summary.id(), summary.labels()));
    for (ExperimentDocument document : documents) {
      try {
        lines.put(
            document.id(),
            of(store, document, stages, labels.getOrDefault(document.id(), Labels.NONE), now));
      } catch (InvalidInput | IllegalArgumentException unreadable) {
        // told of below
      }
    }
    for (ExperimentSummary summary : summaries) {
      lines.computeIfAbsent(summary.id(), id -> of(store, summary, now));
    }
    return lines;
  }

  /** As {@link #of(ExperimentView)}, of what a line needs alone. */
  private static ExperimentLine of(
      Store store,
      ExperimentDocument document,
      Map<String, StageDocument> begun,
      Labels labels,
      Instant now) {
    JsonNode specification = Json.read(document.specification(), JsonNode.class);
    String result = document.result();
    JsonNode found = result == null ? null : Json.read(result, JsonNode.class);
    List<StageView> stages = ExperimentView.stages(store, document, begun, now);
    String method = specification.path("method").asText();
    return new ExperimentLine(
        document.id(),
        document.state(),
        document.reason(),
        method,
        specification.path("space").asText(),
        specification.path("data").asText(),
        specification.path("seed").asLong(),
        specification.path("preset").asText(),
        document.digest(),
        ResultReader.architecture(found),
        ResultReader.accuracy(found),
        current(stages),
        Progress.of(method, document.state(), stages),
        stages.stream().mapToInt(StageView::recoveries).sum(),
        document.created(),
        document.started(),
        document.ended(),
        Elapsed.seconds(document.started(), document.ended(), now),
        labels);
  }

  private static @Nullable String current(List<StageView> stages) {
    return stages.stream()
        .filter(stage -> CURRENT.contains(stage.state()))
        .map(StageView::name)
        .findFirst()
        .orElse(null);
  }

  public static ExperimentLine of(ExperimentView view) {
    return new ExperimentLine(
        view.id(),
        view.state(),
        view.reason(),
        view.method(),
        view.space(),
        view.data(),
        view.seed(),
        view.preset(),
        view.digest(),
        ResultReader.architecture(view.result()),
        ResultReader.accuracy(view.result()),
        current(view.stages()),
        view.progress(),
        view.recoveries(),
        view.created(),
        view.started(),
        view.ended(),
        view.seconds(),
        view.labels());
  }
}
