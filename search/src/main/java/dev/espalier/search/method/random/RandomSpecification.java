package dev.espalier.search.method.random;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.specification.SpecificationReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An experiment with random search: architectures are drawn uniformly, all of them are evaluated,
 * and the best on the validation images counts (Li and Talwalkar, UAI 2019).
 *
 * @param network what is around an architecture
 * @param search how many are drawn
 * @param evaluation how each of them is trained, or where it is looked up
 */
public record RandomSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    NetworkSettings network,
    RandomSearch search,
    RandomEvaluation evaluation,
    BudgetSettings budget,
    FailureSettings failure)
    implements SamplesArchitectures {
  public static final String METHOD = "random";

  public RandomSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("network", network);
    Require.present("search", search);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static RandomSpecification preset(String preset, Map<String, String> sets) {
    return (RandomSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  @Override
  public SearchSpace searchSpace() {
    return network.space();
  }

  @Override
  public Training training() {
    return new Training(network, evaluation.recipe());
  }

  /** That of a training by itself, so that both share what was evaluated. */
  @Override
  public JsonNode protocol() {
    return Training.protocol(evaluation.recipe(), network);
  }

  @Override
  public String sampleGroup() {
    return "search";
  }

  @Override
  public int architectures() {
    return search.architectures();
  }

  @Override
  public double tolerated() {
    return search.tolerated();
  }

  /** A single rung: every training goes to its end. */
  @Override
  public SuccessiveHalving halving() {
    return new SuccessiveHalving(
        List.of(new SuccessiveHalving.Rung(evaluation.recipe().epochs(), 1)));
  }

  @Override
  public List<String> draw(int classes) {
    SearchSpace searched = searchSpace();
    if (architectures() > searched.size()) {
      throw new InvalidInput(
          "search.architectures (%,d) is more than %s has: it has %,d"
              .formatted(architectures(), space, searched.size()));
    }
    RandomStream stream = RandomStream.of(seed, "sample", "random-architectures");
    Set<String> drawn = new LinkedHashSet<>();
    while (drawn.size() < architectures()) {
      drawn.add(searched.random(stream).canonical());
    }
    return List.copyOf(drawn);
  }

  /** There is no budget: each is as good as any. */
  @Override
  public Predicate<String> isAffordable(int classes) {
    return _ -> true;
  }

  @Override
  public String device() {
    return budget.device();
  }

  @Override
  public String table() {
    return evaluation.table();
  }

  @Override
  public String policy() {
    return evaluation.policy();
  }
}
