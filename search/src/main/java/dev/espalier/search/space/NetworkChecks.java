package dev.espalier.search.space;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the network around an architecture is possible. */
public final class NetworkChecks {
  private NetworkChecks() {}

  /** Of a specification whose space is open: {@code network} must fit its space. */
  public static void network(Checks checks) {
    SearchSpace space = SearchSpaces.named(checks.text("space"));
    List<String> given =
        checks.at("network").properties().stream().map(Map.Entry::getKey).sorted().toList();
    if (!NetworkSettingsReader.fit(space.networkSettings(), Set.copyOf(given))) {
      List<String> optional = NetworkSettingsReader.names(space.networkSettings(), true);
      checks.problem(
          "network must have %s%s for an architecture of %s, but has %s.",
          String.join(", ", NetworkSettingsReader.names(space.networkSettings(), false)),
          optional.isEmpty() ? "" : " (and may have %s)".formatted(String.join(", ", optional)),
          space.name(),
          String.join(", ", given));
      return;
    }
    space.checkNetwork(checks);
  }

  /** Whether the network, which is possible, can hold the architecture. */
  public static void architecture(Checks checks) {
    try {
      Json.read(checks.at("network").toString(), NetworkSettings.class)
          .space()
          .parse(checks.text("architecture"));
    } catch (InvalidInput e) {
      e.problems().forEach(problem -> checks.problem("architecture: %s", problem));
    }
  }

  /** Whether there is to be a second classifier, for training only. */
  public static boolean hasAuxiliaryHead(Checks checks) {
    return checks.usable("evaluation.auxiliaryWeight")
        && checks.at("evaluation.auxiliaryWeight").asDouble() > 0;
  }
}
