package dev.espalier.search.method.random;

import dev.espalier.search.method.SamplesUniformly;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.EvaluationSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.Map;

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
    EvaluationSettings evaluation,
    BudgetSettings budget,
    FailureSettings failure)
    implements SamplesUniformly {
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
  public Training training() {
    return new Training(network, evaluation.recipe());
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

  @Override
  public List<String> draw(int classes) {
    return draw(RandomStream.of(seed, "sample", "random-architectures"), architectures());
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
