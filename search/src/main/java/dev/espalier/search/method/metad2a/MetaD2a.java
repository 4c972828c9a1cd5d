package dev.espalier.search.method.metad2a;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import java.util.Optional;

/** MetaD2A, as it is listed and checked. */
public final class MetaD2a implements Method {
  @Override
  public String name() {
    return MetaD2aSpecification.METHOD;
  }

  @Override
  public String title() {
    return "MetaD2A";
  }

  @Override
  public String summary() {
    return "Looks at the images of a data set that it has never seen, generates architectures for it and ranks them, "
        + "in seconds; the best ranked are evaluated beside generated ones without ranking, random ones and the best "
        + "of the nearest known data set.";
  }

  @Override
  public String paper() {
    return "Lee, Hyung and Hwang: Rapid Neural Architecture Search by Learning to Generate Graphs from Datasets, "
        + "ICLR 2021";
  }

  @Override
  public Class<? extends Specification> specification() {
    return MetaD2aSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        new Stage("prepare-data", "Prepare data and models", 0.5),
        new Stage("encode", "Encode data set", 1),
        new Stage("generate", "Generate", 1),
        new Stage("rank", "Rank", 1),
        new Stage("evaluate", "Evaluate the best and the baselines", 20),
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

  /** For CIFAR ten times as many are generated, as published. */
  @Override
  public Optional<String> overlay(JsonNode given) {
    if (!given.path("data").asText().startsWith("cifar")) {
      return Optional.empty();
    }
    return Optional.of(
        given.path("preset").asText().equals("published") ? "cifar-published" : "cifar");
  }

  @Override
  public List<Prerequisites.Inner> prerequisites() {
    return List.of(new Prerequisites.Inner(MetaD2aSpecification.TRAIN, "metad2a-train"));
  }

  @Override
  public void check(Checks checks) {
    if (!checks.at(MetaD2aSpecification.TRAIN).isMissingNode()) {
      for (String setting : List.of("models.generator", "models.predictor")) {
        if (checks.usable(setting) && !checks.text(setting).isEmpty()) {
          checks.problem(
              "%s names %s, but %s asks for others to be trained: leave one of them out.",
              setting, checks.text(setting), MetaD2aSpecification.TRAIN);
        }
      }
    }
    if (checks.usable("space", "network")) {
      NetworkChecks.network(checks);
    }
    if (checks.usable("search.candidates", "search.most")
        && checks.number("search.most") < checks.number("search.candidates")) {
      checks.problem(
          "search.most (%,d) is less than search.candidates (%,d): each candidate takes a draw at least.",
          checks.number("search.most"), checks.number("search.candidates"));
    }
    if (checks.usable("search.candidates", "search.top")
        && checks.number("search.top") > checks.number("search.candidates")) {
      checks.problem(
          "search.top (%,d) is more than search.candidates (%,d): generate more, or evaluate fewer.",
          checks.number("search.top"), checks.number("search.candidates"));
    }
    for (String setting : List.of("search.random", "search.candidates")) {
      if (checks.usable("space", setting)
          && checks.number(setting) > SearchSpaces.named(checks.text("space")).size()) {
        checks.problem(
            "%s (%,d) is more than %s has: use at most %,d.",
            setting,
            checks.number(setting),
            checks.text("space"),
            SearchSpaces.named(checks.text("space")).size());
      }
    }
    if (checks.usable("budget.latency", "budget.latencyTable", "budget.latencies")) {
      checkLatency(checks);
    }
  }

  private static void checkLatency(Checks checks) {
    boolean byOperator = !checks.at("budget.latencyTable").isEmpty();
    boolean measured = checks.at("budget.latencies").isObject();
    if (checks.at("budget.latency").asDouble() > 0 && !byOperator && !measured) {
      checks.problem(
          "budget.latency (%s ms) needs budget.latencyTable, milliseconds by operator, "
              + "or budget.latencies, a table of measured networks.",
          checks.at("budget.latency").asDouble());
    } else if (byOperator && measured) {
      checks.problem(
          "budget.latencyTable and budget.latencies both say how long an architecture takes: leave one of them out.");
    }
  }
}
