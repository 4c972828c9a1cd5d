package dev.espalier.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What a query gave: the numbers of all its series, in order; gaps and NaN left out. */
record Answer(double[] numbers) {
  static Answer of(JsonNode data) {
    return new Answer(
        data.path("result")
            .valueStream()
            .flatMap(Answer::samples)
            .mapToDouble(sample -> number(sample.path(1).asText()))
            .filter(Double::isFinite)
            .toArray());
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
    return numbers.length == 0;
  }

  double max() {
    return DoubleStream.of(numbers).max().orElse(Double.NaN);
  }
}
