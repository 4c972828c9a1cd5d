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
   * @param known sequences by id, which count before those
   */
  FollowingMany(
      Store store,
      ListWatch watch,
      boolean list,
      List<String> experiments,
      Map<String, Long> known) {
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
      long named =
          colon < 0
              ? 0
              : LastEventId.sequence("what stands after the colon", each.substring(colon + 1));
      followed.put(id, new Following(store, id, known.getOrDefault(id, named)));
    }
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
            news.add(about(id, new Message("missing", "", "{}"), ""));
          }
          return missing;
        });
    Map<String, Long> told = new LinkedHashMap<>();
    followed.forEach((id, following) -> told.put(id, following.told()));
    followed.forEach((id, following) -> {
      for (Message message : following.news()) {
        if (!message.id().isEmpty()) {
          told.put(id, Long.parseLong(message.id()));
        }
        news.add(about(id, message, message.id().isEmpty() ? "" : LastEventId.of(told)));
      }
    });
    return news;
  }

  /**
   * @param known what a listener knows that has heard this
   */
  private static Message about(String id, Message message, String known) {
    JsonNode data = Json.read(message.data(), JsonNode.class);
    return new Message(
        message.name(),
        known,
        Json.write(Map.of("experiment", id, "data", Objects.requireNonNull(data))));
  }
}
