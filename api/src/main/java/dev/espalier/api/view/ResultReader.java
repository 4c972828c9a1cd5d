package dev.espalier.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The two things every method's result has under the same name: {@code architecture} and {@code
 * accuracy.test}.
 */
final class ResultReader {
  private ResultReader() {}

  static @Nullable String architecture(@Nullable JsonNode result) {
    JsonNode architecture = result == null ? null : result.get("architecture");
    return architecture == null || !architecture.isTextual() ? null : architecture.asText();
  }

  static @Nullable Double accuracy(@Nullable JsonNode result) {
    JsonNode accuracy = result == null ? null : result.at("/accuracy/test");
    return accuracy == null || !accuracy.isNumber() ? null : accuracy.asDouble();
  }
}
