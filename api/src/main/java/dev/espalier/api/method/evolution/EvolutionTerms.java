package dev.espalier.api.method.evolution;

import dev.espalier.api.report.Figures;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.method.evolution.EvolutionRecipe;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Under which terms an experiment evolves architectures, in words. */
public final class EvolutionTerms {

  private EvolutionTerms() {}

  /** What an architecture may cost; empty where nothing is limited. */
  public static Optional<String> limits(EvolutionSpecification specification) {
    List<String> limits = new ArrayList<>();
    specification
        .limits()
        .most()
        .forEach((name, most) ->
            limits.add(
                switch (name) {
                  case CostTable.MACS -> Figures.count(Math.round(most)) + " multiply-adds";
                  case CostTable.PARAMETERS -> Figures.count(Math.round(most)) + " parameters";
                  default -> milliseconds(most) + " of latency";
                }));
    return limits.isEmpty()
        ? Optional.empty()
        : Optional.of("at most " + String.join(", ", limits.stream().sorted().toList()));
  }

  /** How far the sample is trained; empty where all of it is trained to the end. */
  public static Optional<String> halving(EvolutionSpecification specification) {
    EvolutionRecipe recipe = specification.evaluation();
    if (recipe.rungs() == 1) {
      return Optional.empty();
    }
    List<Integer> counts = recipe.halving().counts(specification.sample().architectures());
    StringBuilder words = new StringBuilder();
    for (int rung = 0; rung < recipe.rungs(); rung++) {
      words.append(
          rung == 0
              ? "%s networks are trained for %s"
                  .formatted(Figures.count(counts.getFirst()), epochs(recipe.epochsOfRung(0)))
              : ", the best %s for %s"
                  .formatted(Figures.count(counts.get(rung)), epochs(recipe.epochsOfRung(rung))));
    }
    return Optional.of(
        "%s; predictors learn the accuracy after %s, which all reach, and predict that"
            .formatted(words, epochs(recipe.epochsOfRung(0))));
  }

  /** {@code after 1 epoch} where what is predicted is not the accuracy of a whole training. */
  public static String predictedAfter(EvolutionSpecification specification) {
    EvolutionRecipe recipe = specification.evaluation();
    return recipe.rungs() == 1 ? "" : " after " + epochs(recipe.epochsOfRung(0));
  }

  private static String epochs(int count) {
    return count == 1 ? "1 epoch" : count + " epochs";
  }

  /** {@code 2.30 ms}. */
  public static String milliseconds(double value) {
    return Figures.significant(value) + " ms";
  }

  /** What an architecture costs, by the name of the cost; empty where that is not known. */
  public static String cost(FrontPoint point, String name) {
    Long parameters = point.parameters();
    Double latency = point.latency();
    return switch (name) {
      case CostTable.MACS -> Figures.large(point.macs());
      case CostTable.PARAMETERS -> parameters == null ? "" : Figures.large(parameters);
      default -> latency == null ? "" : milliseconds(latency);
    };
  }
}
