package dev.espalier.api.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Labels;
import dev.espalier.store.Store;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people call an experiment. */
@Tag(name = "Experiments")
@Controller("/api/experiments/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LabelController {
  private static final List<String> FIELDS = List.of("name", "addTags", "removeTags", "note", "by");

  private final Store store;
  private final ExperimentReader experiments;
  private final ExperimentIndex index;

  LabelController(Store store, ExperimentReader experiments, ExperimentIndex index) {
    this.store = store;
    this.experiments = experiments;
    this.index = index;
  }

  /**
   * A change, as it is sent.
   *
   * @param by who asks, in words
   */
  @Schema(
      name = "LabelChange",
      description =
          "What is left out stays as it is; an empty name or note is taken away. None of it is part of digests.")
  record LabelChange(
      @Nullable String name,
      @Nullable List<String> addTags,
      @Nullable List<String> removeTags,
      @Nullable String note,
      @Schema(minLength = 1, maxLength = 100) @Nullable String by) {}

  @Operation(
      operationId = "labelExperiment",
      summary = "Give an experiment a name, tags or a note, for people",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = LabelChange.class))))
  @Post("/labels")
  @Consumes(MediaType.APPLICATION_JSON)
  ExperimentView label(String id, @Body String body) {
    experiments.document(id);
    JsonNode node = parse(body);
    String by = LaunchedBy.of("by", node.hasNonNull("by") ? text(node, "by") : null);
    Labels.Change change =
        new Labels.Change(
            text(node, "name"),
            texts(node, "addTags"),
            texts(node, "removeTags"),
            text(node, "note"));
    Labeling.label(store, id, change, by);
    index.launched(id);
    return experiments.view(id);
  }

  private static JsonNode parse(String body) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "The body is not JSON (%s). Send {\"name\": \"a name\"}."
              .formatted(e.getOriginalMessage()),
          e);
    }
    if (!node.isObject()) {
      throw new InvalidInput("The body must be an object, such as {\"addTags\": [\"paper\"]}.");
    }
    List<String> problems = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            problems.add(
                "%s is no label: allowed are %s.%s"
                    .formatted(name, String.join(", ", FIELDS), DidYouMean.sentence(name, FIELDS)));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return node;
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidInput("%s must be a text, but was %s.".formatted(field, value));
    }
    return value.asText();
  }

  private static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new InvalidInput("%s must be a list of texts, but was %s.".formatted(field, value));
    }
    return value.valueStream().map(JsonNode::asText).toList();
  }
}
