package dev.espalier.search.method.random;

import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;

/** Random search, as it is listed and checked. */
public final class RandomMethod implements Method {
  @Override
  public String name() {
    return RandomSpecification.METHOD;
  }

  @Override
  public String title() {
    return "Random search";
  }

  @Override
  public String summary() {
    return "Draws architectures of any space at random, evaluates all of them by training or from a table, "
        + "and shows the"
        + " best beside what the best of so many is expected to be: the baseline that a search has to beat.";
  }

  @Override
  public String paper() {
    return "Li and Talwalkar: Random Search and Reproducibility for Neural Architecture Search, UAI 2019";
  }

  @Override
  public Class<? extends Specification> specification() {
    return RandomSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        Stage.PREPARE_DATA,
        new Stage("sample", "Draw", 0.1),
        new Stage("evaluate", "Evaluate", 20),
        Stage.REPORT);
  }

  @Override
  public List<String> presets() {
    return List.of("quick", "published");
  }

  @Override
  public String advised() {
    return "published";
  }

  @Override
  public void check(Checks checks) {
    if (checks.usable("space", "network")) {
      NetworkChecks.network(checks);
    }
    if (checks.usable("space", "search.architectures")
        && checks.number("search.architectures")
            > SearchSpaces.named(checks.text("space")).size()) {
      checks.problem(
          "search.architectures (%,d) is more than %s has: use at most %,d.",
          checks.number("search.architectures"),
          checks.text("space"),
          SearchSpaces.named(checks.text("space")).size());
    }
  }
}
