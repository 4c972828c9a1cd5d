package dev.espalier.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** What a query gave: the numbers of all its series, in order; gaps and NaN left out. */
record Answer(List<Double> numbers) {
  static Answer of(JsonNode data) {
    return new Answer(
        data.path("result")
            .valueStream()
            .flatMap(Answer::samples)
            .map(sample -> number(sample.path(1).asText()))
            .filter(Double::isFinite)
            .toList());
  }

  private static Stream<JsonNode> samples(JsonNode series) {
    return series.has("value")
        ? Stream.of(series.path("value"))
        : series.path("values").valueStream();
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  double max() {
    return numbers.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
