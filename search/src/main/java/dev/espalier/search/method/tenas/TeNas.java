package dev.espalier.search.method.tenas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Presets;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import java.util.List;
import java.util.Optional;

/** TE-NAS, as it is listed and checked. */
public final class TeNas implements Method {
  @Override
  public String name() {
    return TeNasSpecification.METHOD;
  }

  @Override
  public String title() {
    return "TE-NAS";
  }

  @Override
  public String summary() {
    return "Prunes a network that holds every candidate at once, by two numbers that need no training: the condition"
        + " number of its tangent kernel, and how many linear regions it has. What is left is trained for real"
        + " beside random cells.";
  }

  @Override
  public String paper() {
    return "Chen, Gong, Wang: Neural Architecture Search on ImageNet in Four GPU Hours, ICLR 2021";
  }

  @Override
  public Class<? extends Specification> specification() {
    return TeNasSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        Stage.PREPARE_DATA,
        new Stage("prune", "Prune", 10),
        new Stage("evaluate", "Train and compare", 10),
        Stage.REPORT);
  }

  @Override
  public List<String> presets() {
    return List.of("recommended", "quick", "published");
  }

  @Override
  public String advised() {
    return "published";
  }

  /** {@code search.mode: reference} changes several settings of every preset at once. */
  @Override
  public Optional<String> overlay(JsonNode given) {
    return given.at("/search/mode").asText().equals("reference")
        ? Optional.of("reference")
        : Optional.empty();
  }

  @Override
  public void check(Checks checks) {
    prunePerEdge(checks);
    tableOfTheSpace(checks);
  }

  private void prunePerEdge(Checks checks) {
    if (checks.usable("search.prunePerEdge", "search.operators", "space")
        && SearchSpaces.named(checks.text("space")) instanceof PrunableSpace space) {
      long prune = checks.number("search.prunePerEdge");
      boolean all = checks.text("search.operators").equals("all");
      int operators = space.supernet(all).labels(0).size();
      if (prune >= operators) {
        checks.problem(
            "search.prunePerEdge (%d) must be smaller than the number of operators on an edge (%d): "
                + "use %d, the published setting.",
            prune,
            operators,
            Presets.advised(this, space.name()).at("/search/prunePerEdge").asInt());
      }
    }
  }

  private static void tableOfTheSpace(Checks checks) {
    if (checks.usable("space", "evaluation.table")
        && !checks.text("evaluation.table").isEmpty()
        && !(SearchSpaces.named(checks.text("space")) instanceof TabularSpace)) {
      checks.problem(
          "evaluation.table (%s) is a table of nas-bench-201, but space is %s: leave it empty.",
          checks.text("evaluation.table"), checks.text("space"));
    }
  }
}
