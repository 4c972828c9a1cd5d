package dev.espalier.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.experiments.ExperimentQuery;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.experiments.ListWatch;
import dev.espalier.api.live.Following.Message;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import java.util.List;

/** What one listener has been told about the experiments of a query. */
final class FollowingAll {
  private final ExperimentReader experiments;
  private final ListWatch watch;
  private final ExperimentQuery query;
  private String mark = "";
  private String told;

  /**
   * @param told the digest of the list that the listener knows; empty for none
   */
  FollowingAll(ExperimentReader experiments, ListWatch watch, ExperimentQuery query, String told) {
    this.told = told;
    this.experiments = experiments;
    this.watch = watch;
    this.query = query;
  }

  List<Message> news() {
    String now = watch.now().mark();
    if (now.equals(mark)) {
      return List.of();
    }
    JsonNode list = Json.tree(experiments.list(query).lines());
    mark = now;
    JsonNode timeless = list.deepCopy();
    timeless.forEach(line -> ((ObjectNode) line).remove("seconds"));
    String digest = Digest.sha256(timeless.toString());
    if (digest.equals(told)) {
      return List.of();
    }
    told = digest;
    return List.of(new Message("experiments", digest, list.toString()));
  }
}
