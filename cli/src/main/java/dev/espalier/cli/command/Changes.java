package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Json;
import org.jspecify.annotations.Nullable;

/** Whether two views differ in more than the clock. */
final class Changes {

  private Changes() {}

  static boolean isSame(@Nullable ExperimentView before, ExperimentView now) {
    return before != null && timeless(before).equals(timeless(now));
  }

  private static JsonNode timeless(ExperimentView view) {
    ObjectNode tree = (ObjectNode) Json.tree(view);
    tree.remove("seconds");
    tree.path("stages").forEach(stage -> ((ObjectNode) stage).remove("seconds"));
    return tree;
  }
}
