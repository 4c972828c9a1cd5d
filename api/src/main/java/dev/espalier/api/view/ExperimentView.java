package dev.espalier.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.Specification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Labels;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One experiment as programs see it: {@code GET /api/experiments/{id}} and {@code espalier show
 * --json} print exactly this. Fields are added, never renamed or removed.
 *
 * @param state QUEUED, RUNNING, PAUSED, NEEDS_ATTENTION, COMPLETED or CANCELLED
 * @param desired what a person asked for last: RUNNING, PAUSED or CANCELLED
 * @param reason why it needs attention, in words
 * @param digest the digest of the result, once there is one
 * @param result what was found: the architecture and its numbers
 * @param stages in the order in which they run
 * @param progress how far it is, 0 to 1
 * @param recoveries how often work was taken up again after a worker died
 * @param seconds from its start until its end, or until now
 * @param artifacts the files that it has left: architecture, weights, report
 * @param specification all settings, defaults filled in
 * @param labels what people call it
 */
public record ExperimentView(
    String id,
    ExperimentState state,
    ExperimentState desired,
    @Nullable String reason,
    String method,
    String space,
    String data,
    long seed,
    String preset,
    @Nullable String digest,
    @Nullable String dataDigest,
    @Nullable String numericClass,
    @Schema(type = "object", implementation = Object.class) @Nullable JsonNode result,
    List<StageView> stages,
    double progress,
    int attempts,
    int recoveries,
    int retries,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    double seconds,
    String launchedBy,
    String version,
    List<ArtifactView> artifacts,
    @Schema(implementation = Specification.class) JsonNode specification,
    Labels labels) {
  public ExperimentView {
    stages = List.copyOf(stages);
    artifacts = List.copyOf(artifacts);
    labels = Objects.requireNonNullElse(labels, Labels.NONE); // of a version before
  }

  /** The experiment as the store knows it at {@code now}. */
  public static ExperimentView of(Store store, ExperimentDocument document, Instant now) {
    JsonNode specification = Json.read(document.specification(), JsonNode.class);
    List<StageView> stages = stages(store, document, begun(store, List.of(document)), now);
    String result = document.result();
    return new ExperimentView(
        document.id(),
        document.state(),
        document.desired(),
        document.reason(),
        specification.path("method").asText(),
        specification.path("space").asText(),
        specification.path("data").asText(),
        specification.path("seed").asLong(),
        specification.path("preset").asText(),
        document.digest(),
        document.dataDigest(),
        document.numericClass(),
        result == null ? null : Json.read(result, JsonNode.class),
        stages,
        Progress.of(specification.path("method").asText(), document.state(), stages),
        stages.stream().mapToInt(StageView::attempts).sum(),
        stages.stream().mapToInt(StageView::recoveries).sum(),
        document.retries(),
        document.created(),
        document.started(),
        document.ended(),
        Elapsed.seconds(document.started(), document.ended(), now),
        document.launchedBy(),
        document.version(),
        result == null ? List.of() : ArtifactView.of(store, document.id()),
        specification,
        store.experiments().labels(document.id()));
  }

  /** The stages of these experiments that have begun, by their keys, read all at once. */
  static Map<String, StageDocument> begun(Store store, List<ExperimentDocument> documents) {
    List<String> keys =
        documents.stream()
            .flatMap(document -> document.stages().stream())
            .map(ExperimentStage::key)
            .filter(key -> !key.isEmpty())
            .distinct()
            .toList();
    return store.stages().find(keys).stream()
        .collect(Collectors.toMap(StageDocument::key, Function.identity()));
  }

  static List<StageView> stages(
      Store store, ExperimentDocument document, Map<String, StageDocument> begun, Instant now) {
    StageClock clock = new StageClock(store, document, now);
    return document.stages().stream()
        .map(stage -> {
          StageDocument found = begun.get(stage.key());
          return found == null ? StageView.unknown(stage) : StageView.of(stage, found, clock);
        })
        .toList();
  }
}
