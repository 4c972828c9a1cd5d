package dev.espalier.search.method.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The training of one architecture, as it is listed and checked. */
public final class Training implements Method {
  /** Several times as long as any architecture of any space. */
  private static final int LONGEST = 10_000;

  private static final SearchSpace EXAMPLES = SearchSpaces.all().getFirst();

  @Override
  public String name() {
    return TrainSpecification.METHOD;
  }

  @Override
  public String title() {
    return "Training";
  }

  @Override
  public String summary() {
    return "Trains one architecture for good by a recipe, and keeps its weights. Give it as the setting architecture.";
  }

  @Override
  public String paper() {
    return "The recipes of NAS-Bench-201 (Dong and Yang, ICLR 2020) and DARTS (Liu, Simonyan and Yang, ICLR 2019)";
  }

  @Override
  public Class<? extends Specification> specification() {
    return TrainSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(Stage.PREPARE_DATA, new Stage("train", "Train", 20), Stage.REPORT);
  }

  @Override
  public List<String> presets() {
    return List.of("quick", "nas-bench-201", "darts-cifar", "darts-imagenet");
  }

  @Override
  public String advised() {
    return "nas-bench-201";
  }

  @Override
  public Map<String, String> example() {
    return Map.of(
        "architecture",
        EXAMPLES.random(RandomStream.of(0, "example", EXAMPLES.name())).canonical());
  }

  /** The space whose notation the architecture has. */
  @Override
  public Optional<String> impliedSpace(JsonNode given) {
    return Optional.of(given.path("architecture").asText())
        .filter(architecture -> !architecture.isBlank())
        .map(architecture -> SearchSpaces.recognising(architecture).name());
  }

  @Override
  public void check(Checks checks) {
    if (!checks.usable("space", "network", "architecture")) {
      return;
    }
    int length = checks.text("architecture").length();
    if (length > LONGEST) {
      checks.problem(
          "architecture must have at most %,d characters, but has %,d.", LONGEST, length);
      return;
    }
    int before = checks.problems().size();
    NetworkChecks.network(checks);
    if (checks.problems().size() == before) {
      NetworkChecks.architecture(checks);
    }
  }
}
