package dev.espalier.search.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.List;
import java.util.Map;

/** Whether the network around an architecture is possible. */
public final class NetworkChecks {
  private static final List<String> CELL_NETWORK = List.of("cells", "channels");
  private static final List<String> GENOTYPE_NETWORK = List.of("cells", "channels", "skeleton");
  private static final List<String> LAYER_NETWORK = List.of("layers", "operations", "stem", "tail");

  private NetworkChecks() {}

  /** Of a specification whose space is open: {@code network} must fit its space. */
  public static void network(Checks checks) {
    String space = checks.text("space");
    List<String> wanted =
        switch (space) {
          case ParallelSpace.NAME -> LAYER_NETWORK;
          case DartsSpace.NAME -> GENOTYPE_NETWORK;
          default -> CELL_NETWORK;
        };
    List<String> given =
        checks.at("network").properties().stream().map(Map.Entry::getKey).sorted().toList();
    if (!given.equals(wanted)) {
      checks.problem(
          "network must have %s for an architecture of %s, but has %s.",
          String.join(", ", wanted), space, String.join(", ", given));
      return;
    }
    switch (space) {
      case ParallelSpace.NAME -> {
        layers(checks);
        noAuxiliaryHead(checks);
      }
      case DartsSpace.NAME -> genotype(checks);
      default -> {}
    }
  }

  /** Whether the network, which is possible, can hold the architecture. */
  public static void architecture(Checks checks) {
    try {
      Json.read(checks.at("network").toString(), NetworkSettings.class)
          .parse(checks.text("space"), checks.text("architecture"));
    } catch (InvalidInput e) {
      e.problems().forEach(problem -> checks.problem("architecture: %s", problem));
    }
  }

  /** Layers that sum several operations, for the images they get. */
  public static void layers(Checks checks) {
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

  private static void noAuxiliaryHead(Checks checks) {
    if (checks.usable("evaluation.auxiliaryWeight") && hasAuxiliaryHead(checks)) {
      checks.problem(
          "evaluation.auxiliaryWeight must be 0 for networks of parallel operations: they have no auxiliary head.");
    }
  }

  private static void genotype(Checks checks) {
    boolean imageNet = checks.text("network.skeleton").equals("imagenet");
    int channels = (int) checks.number("network.channels");
    if (imageNet && channels % 2 != 0) {
      checks.problem(
          "network.channels must be even behind the skeleton imagenet, but was %d.", channels);
      return;
    }
    if (checks.usable("evaluation.imageSize", "evaluation.auxiliaryWeight")
        && hasAuxiliaryHead(checks)) {
      DartsShape.Stem stem = imageNet ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR;
      int size = (int) checks.number("evaluation.imageSize");
      int cells = (int) checks.number("network.cells");
      if (new DartsShape(stem, channels, cells, 1, size, 1).lastSize() < 2) {
        checks.problem(
            "evaluation.imageSize (%d) leaves the auxiliary head a single pixel: use at least %d, or set evaluation.auxiliaryWeight to 0.",
            size, imageNet ? 36 : 8);
      }
    }
  }

  private static boolean hasAuxiliaryHead(Checks checks) {
    return checks.at("evaluation.auxiliaryWeight").asDouble() > 0;
  }
}
