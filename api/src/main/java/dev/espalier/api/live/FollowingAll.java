package dev.espalier.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.live.Following.Message;
import dev.espalier.search.canonical.Json;
import java.util.List;

/** What one listener has been told about all experiments. */
final class FollowingAll {
  private final ExperimentReader experiments;
  private String told = "";

  FollowingAll(ExperimentReader experiments) {
    this.experiments = experiments;
  }

  List<Message> news() {
    JsonNode list = Json.tree(experiments.list());
    JsonNode timeless = list.deepCopy();
    timeless.forEach(line -> ((ObjectNode) line).remove("seconds"));
    String now = timeless.toString();
    if (now.equals(told)) {
      return List.of();
    }
    told = now;
    return List.of(new Message("experiments", "", list.toString()));
  }
}
