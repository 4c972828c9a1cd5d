package dev.espalier.api.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to launch: the body of {@code POST /api/experiments}.
 *
 * @param specification an object, or YAML as text; what it leaves out, the preset fills in
 * @param sets overrides: dotted path to value
 * @param fresh whether to compute again what is already known
 * @param launchedBy who asks, in words
 */
@Schema(
    additionalProperties = AdditionalPropertiesValue.FALSE,
    description =
        "What to launch. The specification is an object or YAML text; "
            + "sets overrides single settings by their dotted path.")
public record LaunchRequest(
    @Schema(
            anyOf = {Specification.class, String.class},
            example = "{\"method\": \"te-nas\", \"preset\": \"quick\", \"seed\": 0}")
        JsonNode specification,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) Map<String, String> sets,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED) boolean fresh,
    @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minLength = 1, maxLength = 100)
        String launchedBy) {
  private static final List<String> FIELDS =
      List.of("specification", "sets", "fresh", "launchedBy");

  public LaunchRequest {
    sets = Map.copyOf(sets);
  }

  /** Reads a body, and names every mistake in it. */
  static LaunchRequest parse(String body) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "The body is not JSON (%s). Send {\"specification\": {\"method\": \"te-nas\"}}."
              .formatted(e.getOriginalMessage()),
          e);
    }
    List<String> problems = new ArrayList<>();
    if (!node.isObject()) {
      throw new InvalidInput(
          "The body must be an object with a specification: {\"specification\": {\"method\": \"te-nas\"}}.");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            problems.add(
                "%s is no part of a launch: allowed are %s.%s"
                    .formatted(name, String.join(", ", FIELDS), DidYouMean.sentence(name, FIELDS)));
          }
        });
    JsonNode specification = node.path("specification");
    if (!specification.isObject() && !specification.isTextual()) {
      problems.add(
          "specification must be an object or YAML text, but was %s. Give at least {\"method\": \"te-nas\"}."
              .formatted(specification.isMissingNode() ? "left out" : specification));
    }
    JsonNode fresh = node.path("fresh");
    if (!fresh.isMissingNode() && !fresh.isBoolean()) {
      problems.add("fresh must be true or false, but was %s.".formatted(fresh));
    }
    Map<String, String> sets = sets(node.path("sets"), problems);
    String launchedBy = LaunchedBy.of(node.path("launchedBy"), problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new LaunchRequest(specification, sets, fresh.asBoolean(false), launchedBy);
  }

  static Map<String, String> sets(JsonNode node, List<String> problems) {
    Map<String, String> sets = new LinkedHashMap<>();
    if (!node.isMissingNode() && !node.isObject()) {
      problems.add(
          "sets must be an object of paths and values, such as {\"search.repeats\": \"5\"}, but was %s."
              .formatted(node));
      return sets;
    }
    node.properties()
        .forEach(set -> {
          if (set.getValue().isContainerNode()) {
            problems.add(
                ("sets.%s must be a single value, but was %s. "
                        + "Name the inner path instead, or put it into the specification.")
                    .formatted(set.getKey(), set.getValue()));
          } else {
            sets.put(set.getKey(), set.getValue().asText());
          }
        });
    return sets;
  }

  /** The specification as YAML or JSON text. */
  String text() {
    return specification.isTextual() ? specification.asText() : specification.toString();
  }
}
