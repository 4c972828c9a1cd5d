package dev.espalier.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** How many experiments have work to do: {@code up --until-idle} stays as long as there are any. */
@FunctionalInterface
interface Unfinished {
  /** States in which nothing happens until a person acts; keeping servers up would not help. */
  Set<ExperimentState> AT_REST =
      Set.of(
          ExperimentState.COMPLETED,
          ExperimentState.CANCELLED,
          ExperimentState.NEEDS_ATTENTION,
          ExperimentState.PAUSED);

  /** Empty if it cannot be known just now. */
  OptionalInt count();

  /** Asks the API, wherever it is just now, for the list of experiments. */
  static Unfinished askApi(Supplier<String> url, String secret) {
    return () -> {
      try {
        HttpURLConnection connection =
            (HttpURLConnection)
                URI.create(url.get() + "/api/experiments?state=QUEUED,RUNNING")
                    .toURL()
                    .openConnection();
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(10_000);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Authorization", "Bearer " + secret);
        try (InputStream body = connection.getInputStream()) {
          return countIn(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
          connection.disconnect();
        }
      } catch (IOException | RuntimeException e) {
        return OptionalInt.empty();
      }
    };
  }

  /** Asks the store itself. */
  static Unfinished askStore(Store store) {
    return () -> {
      try {
        return OptionalInt.of(
            Math.toIntExact(
                store.experiments().unfinished().stream()
                    .filter(experiment -> !AT_REST.contains(experiment.state()))
                    .count()));
      } catch (RuntimeException e) {
        return OptionalInt.empty();
      }
    };
  }

  /**
   * Counts in the API's answer: an array of experiments, or an object that holds one under {@code
   * experiments}.
   */
  static OptionalInt countIn(String json) {
    JsonNode answer = Json.read(json, JsonNode.class);
    JsonNode list = answer.isArray() ? answer : answer.path("experiments");
    if (!list.isArray()) {
      return OptionalInt.empty();
    }
    int count = 0;
    for (JsonNode experiment : list) {
      String state = experiment.path("state").asText();
      if (AT_REST.stream().noneMatch(rest -> rest.name().equals(state))) {
        count++;
      }
    }
    return OptionalInt.of(count);
  }
}
