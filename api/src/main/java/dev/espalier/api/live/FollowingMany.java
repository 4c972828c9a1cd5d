package dev.espalier.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.experiments.ListWatch;
import dev.espalier.api.live.Following.Message;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one listener has been told about several experiments and about the list of all: so that a
 * browser, however many of its tabs show experiments, needs one connection.
 */
final class FollowingMany {
  private static final int MOST = 100;

  private final Store store;
  private final ListWatch watch;
  private final boolean list;
  private final Map<String, Following> followed = new LinkedHashMap<>();
  private String mark = "";

  /**
   * @param list whether the list of all is followed too
   * @param experiments ids, or {@code ID:SEQUENCE} where the events up to that one are known
   */
  FollowingMany(Store store, ListWatch watch, boolean list, List<String> experiments) {
    this.store = store;
    this.watch = watch;
    this.list = list;
    if (experiments.size() > MOST) {
      throw new InvalidInput(
          "one stream follows at most %d experiments, but %d were named"
              .formatted(MOST, experiments.size()));
    }
    for (String each : experiments) {
      int colon = each.lastIndexOf(':');
      String id = colon < 0 ? each : each.substring(0, colon);
      followed.put(id, new Following(store, id, colon < 0 ? 0 : after(each.substring(colon + 1))));
    }
  }

  private static long after(String sequence) {
    if (!sequence.matches("\\d{1,18}")) {
      throw new InvalidInput(
          ("after the colon stands the sequence of the last event that is known, but there was \"%s\": "
                  + "for example te-nas-7f3k:12")
              .formatted(sequence));
    }
    return Long.parseLong(sequence);
  }

  List<Message> news() {
    List<Message> news = new ArrayList<>();
    if (list) {
      ListWatch.Standing standing = watch.now();
      if (!standing.mark().equals(mark)) {
        mark = standing.mark();
        news.add(
            new Message(
                "experiments",
                "",
                Json.write(Map.of("total", standing.total(), "states", standing.states()))));
      }
    }
    followed
        .keySet()
        .removeIf(id -> {
          boolean missing = store.experiments().find(id).isEmpty();
          if (missing) {
            news.add(about(id, new Message("missing", "", "{}")));
          }
          return missing;
        });
    followed.forEach((id, following) -> {
      for (Message message : following.news()) {
        news.add(about(id, message));
      }
    });
    return news;
  }

  private static Message about(String id, Message message) {
    JsonNode data = Json.read(message.data(), JsonNode.class);
    return new Message(
        message.name(),
        "",
        Json.write(Map.of("experiment", id, "data", Objects.requireNonNull(data))));
  }
}
