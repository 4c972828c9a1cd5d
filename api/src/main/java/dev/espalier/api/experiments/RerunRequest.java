package dev.espalier.api.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.launch.RerunWish;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to follow an experiment by another one: the body of {@code POST /api/experiments/{id}/rerun}
 * and {@code .../fork}.
 *
 * @param from the stage from which all is computed anew; empty for what differs only
 * @param sets settings that differ: dotted path to value
 * @param plan the token of the plan that is to be carried out; empty for whatever it is now
 * @param launchedBy who asks, in words
 */
@Schema(
    additionalProperties = AdditionalPropertiesValue.FALSE,
    description =
        "How to follow an experiment by another one. All may be left out, but something must differ, "
            + "or from name a stage.")
record RerunRequest(
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) String from,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) Map<String, String> sets,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) String plan,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minLength = 1, maxLength = 100)
        String launchedBy) {
  private static final List<String> FIELDS = List.of("from", "sets", "plan", "launchedBy");

  /** Reads a body, and names every mistake in it; no body is an empty one. */
  static RerunRequest parse(String body) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(body.isEmpty() ? "{}" : body);
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "The body is not JSON (%s). Send {\"from\": \"evaluate\"}."
              .formatted(e.getOriginalMessage()),
          e);
    }
    if (!node.isObject()) {
      throw new InvalidInput("The body must be an object, such as {\"from\": \"evaluate\"}.");
    }
    List<String> problems = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            problems.add(
                "%s is no part of a rerun: allowed are %s.%s"
                    .formatted(name, String.join(", ", FIELDS), DidYouMean.sentence(name, FIELDS)));
          }
        });
    String from = text(node, "from", problems);
    String plan = text(node, "plan", problems);
    Map<String, String> sets = LaunchRequest.sets(node.path("sets"), problems);
    String launchedBy = LaunchedBy.of(node.path("launchedBy"), problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new RerunRequest(from, sets, plan, launchedBy);
  }

  private static String text(JsonNode node, String name, List<String> problems) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isTextual()) {
      problems.add("%s must be a text, but was %s.".formatted(name, value));
    }
    return value.asText("");
  }

  RerunWish wish(String verb) {
    return new RerunWish(verb, from, sets);
  }
}
