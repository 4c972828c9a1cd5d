package dev.espalier.search.space.parallel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;

/** What a specification of networks of parallel operations must keep to. */
final class ParallelChecks {
  private ParallelChecks() {}

  static void network(Checks checks) {
    layers(checks);
    if (NetworkChecks.hasAuxiliaryHead(checks)) {
      checks.problem(
          "evaluation.auxiliaryWeight must be 0 for networks of parallel operations: they have no auxiliary head.");
    }
  }

  private static void layers(Checks checks) {
    int stride = 1;
    for (JsonNode layer : checks.at("network.layers")) {
      stride *= layer.path("stride").asInt();
      if (layer.path("stride").asInt() == 2 && layer.path("channels").asInt() % 2 != 0) {
        checks.problem(
            "network.layers: a layer of stride 2 needs an even number of channels, but one has %s.",
            layer.path("channels"));
      }
    }
    boolean isStrideKnown =
        checks.broken().stream()
            .noneMatch(path -> path.matches("network\\.layers\\.\\d+(\\.stride)?"));
    if (isStrideKnown
        && checks.usable("evaluation.imageSize")
        && checks.number("evaluation.imageSize") % stride != 0) {
      checks.problem(
          "evaluation.imageSize (%d) must be a multiple of %d, what the strides of network.layers come to.",
          checks.number("evaluation.imageSize"), stride);
    }
  }
}
