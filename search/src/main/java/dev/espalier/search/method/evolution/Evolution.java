package dev.espalier.search.method.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.settings.PredictorSettings;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;

/** Evolution guided by a graph network, as it is listed and checked. */
public final class Evolution implements Method {
  @Override
  public String name() {
    return EvolutionSpecification.METHOD;
  }

  @Override
  public String title() {
    return "GNN-guided evolution";
  }

  @Override
  public String summary() {
    return "Trains a sample of networks for real, fits a graph network that predicts the accuracy of any other, and"
        + " evolves architectures on its predictions within a budget of multiply-adds. The winner is trained for"
        + " real beside random networks of equal cost.";
  }

  @Override
  public String paper() {
    return "github.com/eric8607242/NAS_with_GNN_predictor";
  }

  @Override
  public Class<? extends Specification> specification() {
    return EvolutionSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        Stage.PREPARE_DATA,
        new Stage("sample", "Sample", 0.1),
        new Stage("evaluate", "Train the sample", 10),
        new Stage("train-predictor", "Fit predictors", 2),
        new Stage("evolve", "Evolve", 1),
        new Stage("train-final", "Train the winner", 3),
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
    if (checks.usable("network")) {
      if (checks.usable("space")) {
        SearchSpaces.named(checks.text("space")).checkNetwork(checks);
      }
      latencyTable(checks);
    }
    if (checks.usable("search.parents", "search.population")
        && checks.number("search.parents") > checks.number("search.population")) {
      checks.problem(
          "search.parents (%d) cannot exceed search.population (%d): lower parents or raise population.",
          checks.number("search.parents"), checks.number("search.population"));
    }
    if (checks.usable("evaluation.rungs", "evaluation.keep", "evaluation.epochs")) {
      rungs(checks);
    }
    if (checks.usable("evaluation.rungs", "evaluation.table")) {
      table(checks);
    }
    if (checks.usable("trainFinal.randomArchitectures", "trainFinal.seeds", "network")) {
      finals(checks);
    }
    if (checks.usable("predictor.splits", "predictor.compared", "predictor.kind")) {
      fits(checks);
    }
    if (checks.usable("search.objectives") && !isObjective(checks, "accuracy")) {
      checks.problem("search.objectives must have accuracy among them.");
    }
    if (checks.usable("budget.latency", "budget.latencyTable")
        && wantsLatency(checks)
        && checks.at("budget.latencyTable").isEmpty()) {
      checks.problem(
          "latency is limited or an objective, but budget.latencyTable is empty: "
              + "give the milliseconds of every operation, a list for every layer.");
    }
  }

  private static void latencyTable(Checks checks) {
    long layers = checks.at("network.layers").size();
    long operations = checks.at("network.operations").size();
    JsonNode table = checks.at("budget.latencyTable");
    if (checks.usable("budget.latencyTable")
        && !table.isEmpty()
        && (table.size() != layers
            || !table.valueStream().allMatch(row -> row.size() == operations))) {
      checks.problem(
          "budget.latencyTable must have %d lists, one for every layer, of %d numbers, one for every operation.",
          layers, operations);
    }
  }

  /** Every rung trains longer than the one before. */
  private static void rungs(Checks checks) {
    int rungs = (int) checks.number("evaluation.rungs");
    int epochs = (int) checks.number("evaluation.epochs");
    double keep = checks.at("evaluation.keep").asDouble();
    for (int rung = 1; rung < rungs; rung++) {
      if (EvolutionRecipe.epochsOfRung(rung, rungs, keep, epochs)
          <= EvolutionRecipe.epochsOfRung(rung - 1, rungs, keep, epochs)) {
        checks.problem(
            "evaluation.rungs (%d) are too many for evaluation.epochs (%d): "
                + "every rung must train longer than the one before. Use fewer rungs or more epochs.",
            rungs, epochs);
        return;
      }
    }
  }

  private static void table(Checks checks) {
    if (!checks.text("evaluation.table").isEmpty() && checks.number("evaluation.rungs") > 1) {
      checks.problem(
          "evaluation.rungs (%d) train some networks further, but evaluation.table gives one accuracy "
              + "for each: use 1 rung, or no table.",
          checks.number("evaluation.rungs"));
    }
  }

  /** Their result is one document, which names an architecture for every training. */
  private static void finals(Checks checks) {
    long random = checks.number("trainFinal.randomArchitectures");
    long seeds = checks.number("trainFinal.seeds");
    int layers = Math.max(1, checks.at("network.layers").size());
    long most = Math.min(FinalSettings.MOST_TRAININGS, FinalSettings.MOST_LAYERS / layers);
    if ((random + 1) * seeds > most) {
      checks.problem(
          "trainFinal.randomArchitectures (%d) and trainFinal.seeds (%d) are %,d trainings, but of %d "
              + "layers at most %,d can be compared: lower either, for example to %d random architectures.",
          random, seeds, (random + 1) * seeds, layers, most, Math.max(0, most / seeds - 1));
    }
  }

  private static void fits(Checks checks) {
    long splits = checks.number("predictor.splits");
    int fits =
        PredictorSettings.fitsOfSplit(
            checks.text("predictor.kind"),
            checks.at("predictor.compared").valueStream().map(JsonNode::asText).toList());
    if (splits * fits > PredictorSettings.MOST_FITS) {
      checks.problem(
          "predictor.splits (%d) are %,d fits, %d each, but at most %,d can be compared: "
              + "use at most %d splits, or compare fewer predictors.",
          splits,
          splits * fits,
          fits,
          PredictorSettings.MOST_FITS,
          PredictorSettings.MOST_FITS / fits);
    }
  }

  private static boolean wantsLatency(Checks checks) {
    return checks.at("budget.latency").asDouble() > 0 || isObjective(checks, "latency");
  }

  private static boolean isObjective(Checks checks, String objective) {
    return checks
        .at("search.objectives")
        .valueStream()
        .anyMatch(one -> one.asText().equals(objective));
  }
}
