package dev.espalier.api.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.method.UsesLatencies;
import dev.espalier.search.method.UsesModels;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.store.program.OwnPrograms;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the digest of what a specification names in a catalogue in place of its name, which may mean
 * something else tomorrow: so the digest is in stage keys and in the ids of evaluations.
 */
final class Pinning {
  private static final String SUPERNET = "supernet";

  private final Store store;
  private final boolean commands;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param commands whether programs of people's own may be launched
   */
  Pinning(Store store, boolean commands) {
    this.store = store;
    this.commands = commands;
  }

  /** What is wrong with the names. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The specification with digests; what is not there keeps its name, and is a problem. */
  Specification pinned(Specification specification) {
    return Json.read(tree(specification).toString(), Specification.class);
  }

  private ObjectNode tree(Specification specification) {
    ObjectNode tree = (ObjectNode) Json.tree(specification);
    if (specification instanceof TrainsNetworks trains) {
      telling(() -> pin(trains.training().network(), specification.space(), tree));
      telling(() -> pin(trains.training().recipe().own(), (ObjectNode) tree.get("evaluation")));
    }
    if (specification instanceof UsesLatencies timed) {
      telling(() -> timed.latencies().ifPresent(named -> pin(named, timed, tree)));
    }
    for (Prerequisites.Inner each : Methods.named(specification.method()).prerequisites()) {
      each.in(tree)
          .map(inner -> tree(Json.read(inner.toString(), Specification.class)))
          .ifPresent(inner -> each.group(tree).orElseThrow().set(each.name(), inner));
    }
    return tree;
  }

  private void telling(Runnable work) {
    try {
      work.run();
    } catch (InvalidInput e) {
      problems.addAll(e.problems());
    }
  }

  private void pin(OwnProgram program, ObjectNode evaluation) {
    if (!program.isAsked()) {
      return;
    }
    if (!commands) {
      throw new InvalidInput(
          ("evaluation.command: this installation runs no commands, for they have the rights of whoever started it. "
                  + "Who may: start it with %s=on in its environment, and without --no-commands")
              .formatted(CommandPolicy.VARIABLE));
    }
    ((ObjectNode) Json.tree(OwnPrograms.taken(store, program)))
        .properties()
        .forEach(setting -> evaluation.set(setting.getKey(), setting.getValue()));
  }

  private void pin(MeasuredLatencies named, UsesLatencies specification, ObjectNode tree) {
    DatasetDocument document = LatencyChecks.checked(store, named, specification);
    ((ObjectNode) tree.at("/budget/latencies")).put("table", document.digest());
  }

  private void pin(NetworkSettings network, String space, ObjectNode tree) {
    if (network.supernet().isEmpty()) {
      return;
    }
    ModelDocument model =
        store
            .models()
            .find(
                new UsesModels.Need(
                    "network.supernet",
                    SUPERNET,
                    network.supernet(),
                    "Run: espalier model import FILE --name NAME"),
                space);
    ObjectNode settings = (ObjectNode) tree.get("network");
    model.sizes().forEach((size, value) -> checkSize(model.name(), settings, size, value));
    settings.put(SUPERNET, model.digest());
  }

  /** A size of the supernet that is a setting, too. */
  private void checkSize(String model, ObjectNode network, String size, String value) {
    JsonNode wanted = network.get(size);
    if (wanted != null && wanted.isNumber() && wanted.asDouble() != Double.parseDouble(value)) {
      problems.add(
          "network.%s is %s, but supernet %s has %s %s: set network.%s to %s"
              .formatted(size, wanted, model, size, value, size, value));
    }
  }
}
