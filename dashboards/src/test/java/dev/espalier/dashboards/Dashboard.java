package dev.espalier.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A Grafana dashboard as its file has it. */
record Dashboard(JsonNode json) {

  /** One question that a panel asks. */
  record Query(String panel, JsonNode target) {
    String expression() {
      return target.path("expr").asText();
    }

    boolean instant() {
      return target.path("instant").asBoolean();
    }

    /**
     * The expression as Grafana would send it.
     *
     * @param range what is looked at
     */
    String substituted(String experiment, Duration range) {
      return expression()
          .replace("$__rate_interval", "1m")
          .replace("$__range", range.toSeconds() + "s")
          .replace("$experiment", experiment);
    }

    @Override
    public String toString() {
      return "%s: %s".formatted(panel, expression());
    }
  }

  static Dashboard read(Path file) throws IOException {
    return new Dashboard(Json.mapper().readTree(Files.readString(file)));
  }

  /** All panels, rows among them, in order. */
  List<JsonNode> panels() {
    return json.path("panels").valueStream().toList();
  }

  /** The panels that show something. */
  List<JsonNode> graphs() {
    return panels().stream().filter(panel -> !panel.path("type").asText().equals("row")).toList();
  }

  List<Query> queries() {
    return graphs().stream()
        .flatMap(panel ->
            panel
                .path("targets")
                .valueStream()
                .map(target -> new Query(panel.path("title").asText(), target)))
        .toList();
  }

  Stream<JsonNode> variables() {
    return json.path("templating").path("list").valueStream();
  }
}
