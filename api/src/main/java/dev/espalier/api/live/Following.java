package dev.espalier.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one listener has been told about an experiment, and what is new since. Used by one thread at
 * a time.
 */
final class Following {
  /** What the plots show changes slowly, and costs more to look for: every so many turns. */
  private static final int PLOTS_EVERY = 3;

  private final Store store;
  private final String id;
  private long told;
  private String snapshot = "";
  private String plots = "";
  private int turn;

  /**
   * @param after the sequence of the last event that the listener knows
   */
  Following(Store store, String id, long after) {
    this.store = store;
    this.id = id;
    this.told = after;
  }

  /** The sequence of the last event that was told. */
  long told() {
    return told;
  }

  /** What has changed since the last call, in the order in which to tell it. */
  List<Message> news() {
    List<Message> news = new ArrayList<>();
    for (Event event : store.events().list(id, told)) {
      told = event.sequence();
      news.add(new Message("event", Long.toString(told), Json.write(event)));
    }
    ExperimentDocument document = store.experiments().find(id).orElse(null);
    if (document != null) {
      ExperimentView view = ExperimentView.of(store, document, Instant.now());
      JsonNode tree = Json.tree(view);
      String now = withoutTime(tree.deepCopy());
      if (!now.equals(snapshot)) {
        snapshot = now;
        news.add(new Message("snapshot", "", Json.write(tree)));
      }
      if (turn++ % PLOTS_EVERY == 0) {
        String plotted = PlotsMark.of(store, view);
        if (!plotted.equals(plots)) {
          plots = plotted;
          news.add(new Message("plots", "", Json.write(Map.of("mark", Digest.sha256(plotted)))));
        }
      }
    }
    return news;
  }

  /** The view less what the clock alone changes. */
  private static String withoutTime(JsonNode view) {
    if (view instanceof ObjectNode object) {
      object.remove("seconds");
      view.path("stages").forEach(stage -> ((ObjectNode) stage).remove("seconds"));
    }
    return view.toString();
  }

  /**
   * One server-sent event.
   *
   * @param id empty where the message is no event that could be told again
   */
  record Message(String name, String id, String data) {}
}
