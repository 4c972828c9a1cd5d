package dev.espalier.api.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which experiments are to be tried again: the body of {@code POST /api/experiments/retry}.
 *
 * @param experiments their ids; none for all that need attention
 * @param failed to leave alone those of them that need no attention, instead of refusing them
 * @param by who asks, in words
 */
@Schema(
    additionalProperties = AdditionalPropertiesValue.FALSE,
    description = "Which experiments to try again; without any, all that need attention.")
record RetryRequest(
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) List<String> experiments,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) boolean failed,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minLength = 1, maxLength = 100) String by) {
  private static final List<String> FIELDS = List.of("experiments", "failed", "by");
  private static final int MOST = 1000;

  /** Reads a body, and names every mistake in it; no body is an empty one. */
  static RetryRequest parse(String body) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(body.isEmpty() ? "{}" : body);
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "The body is not JSON (%s). Send {\"experiments\": [\"te-nas-7f3k2m\"]}, or {} for all that need attention."
              .formatted(e.getOriginalMessage()),
          e);
    }
    if (!node.isObject()) {
      throw new InvalidInput(
          "The body must be an object, such as {\"experiments\": [\"te-nas-7f3k2m\"]}.");
    }
    List<String> problems = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            problems.add(
                "%s is no part of a retry: allowed are %s.%s"
                    .formatted(name, String.join(", ", FIELDS), DidYouMean.sentence(name, FIELDS)));
          }
        });
    List<String> ids = ids(node.path("experiments"), problems);
    JsonNode failed = node.path("failed");
    if (!failed.isMissingNode() && !failed.isBoolean()) {
      problems.add("failed must be true or false, but was %s.".formatted(failed));
    }
    String by = LaunchedBy.named("by", node.path("by"), problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new RetryRequest(ids, failed.asBoolean(ids.isEmpty()), by);
  }

  private static List<String> ids(JsonNode node, List<String> problems) {
    List<String> ids = new ArrayList<>();
    boolean texts = node.isMissingNode() || node.isArray();
    for (JsonNode each : node) {
      texts &= each.isTextual() && !each.asText().isBlank();
      ids.add(each.asText());
    }
    if (!texts || ids.size() > MOST) {
      problems.add("experiments must be a list of 1 to %,d ids, or left out.".formatted(MOST));
    } else if (node.isArray() && ids.isEmpty()) {
      problems.add("experiments is empty: leave it out for all that need attention.");
    }
    return ids;
  }
}
