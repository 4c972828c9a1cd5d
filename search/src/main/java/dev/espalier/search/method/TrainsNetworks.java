package dev.espalier.search.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.NetworkSettings;

/** A specification whose architectures are trained, all in the same way. */
public interface TrainsNetworks extends Specification {
  /** How they are trained. */
  Training training();

  /**
   * What of the settings an evaluation depends on: a part of its id, so it never changes for what
   * has been evaluated.
   */
  JsonNode protocol();

  /**
   * All that a training needs to know beside the architecture, the data and the seed.
   *
   * @param network around the architecture
   * @param recipe by which it is trained
   */
  record Training(NetworkSettings network, TrainingSettings recipe) {
    /** The protocol that says both, with the network as a group of its own. */
    public static JsonNode protocol(Object recipe, Object network) {
      ObjectNode protocol = (ObjectNode) Json.tree(recipe);
      ObjectNode around = (ObjectNode) Json.tree(network);
      around.remove("operations"); // the architecture names those it uses
      protocol.set("network", around);
      return protocol;
    }
  }
}
