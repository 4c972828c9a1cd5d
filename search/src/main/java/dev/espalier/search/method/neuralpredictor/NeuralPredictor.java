package dev.espalier.search.method.neuralpredictor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.trainings.Splits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Neural Predictor, as it is listed and checked. */
public final class NeuralPredictor implements Method {
  private static final String QUICK = "quick";

  @Override
  public String name() {
    return NeuralPredictorSpecification.METHOD;
  }

  @Override
  public String title() {
    return "Neural Predictor";
  }

  @Override
  public String summary() {
    return "Evaluates some architectures, by training or from a table, fits a predictor of accuracy to them, ranks"
        + " the whole space by it, and evaluates the best ranked. A classifier keeps poor ones from the predictor,"
        + " cross validation chooses its settings.";
  }

  @Override
  public String paper() {
    return "Wen, Liu, Chen, Li, Bender, Kindermans: Neural Predictor for Neural Architecture Search, ECCV 2020";
  }

  @Override
  public Class<? extends Specification> specification() {
    return NeuralPredictorSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        Stage.PREPARE_DATA,
        new Stage("split", "Split", 0.1),
        new Stage("evaluate", "Evaluate to learn from", 10),
        new Stage("train-classifier", "Train the classifier", 2),
        new Stage("train-predictor", "Train the predictor", 5),
        new Stage("rank", "Rank", 2),
        new Stage("evaluate-top", "Evaluate the best ranked", 3),
        Stage.REPORT);
  }

  @Override
  public List<String> presets() {
    return List.of(QUICK, "published");
  }

  @Override
  public String advised() {
    return "published";
  }

  /** With a table nothing is trained: the quick preset then evaluates as many as were published. */
  @Override
  public Optional<String> overlay(JsonNode given) {
    boolean isQuick = given.path("preset").asText(QUICK).equals(QUICK);
    return isQuick && !given.at("/evaluation/table").asText().isEmpty()
        ? Optional.of("tabled")
        : Optional.empty();
  }

  /** The quick preset looks up where it can: in a table of the space's cells, by name. */
  @Override
  public Optional<String> impliedTable(JsonNode given, Map<String, String> formats) {
    boolean isQuick = given.path("preset").asText(QUICK).equals(QUICK);
    boolean hasData = CellTables.DATA.contains(given.path("data").asText("cifar10"));
    String space = given.path("space").asText("nas-bench-201");
    return formats.entrySet().stream()
        .filter(_ -> isQuick && hasData)
        .filter(table -> CellTables.isOf(table.getValue(), space))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  @Override
  public void check(Checks checks) {
    if (checks.usable("space", "network")) {
      NetworkChecks.network(checks);
    }
    if (checks.usable("split.name", "split.judgedOn", "evaluation.table")) {
      splits(checks);
    }
    if (checks.usable("crossValidation.folds", "split.train", "split.name")
        && isBySeed(checks)
        && checks.number("crossValidation.folds") > checks.number("split.train")) {
      checks.problem(
          "crossValidation.folds (%d) cannot exceed split.train (%d): lower folds or evaluate more cells.",
          checks.number("crossValidation.folds"), checks.number("split.train"));
    }
    if (checks.usable("crossValidation")) {
      fits(checks);
    }
    if (checks.usable("space", "split.train", "search")) {
      sizes(checks, SearchSpaces.named(checks.text("space")));
    }
    if (checks.usable("evaluation.table", "search.filter")) {
      table(checks);
    }
    IndicatorChecks.check(checks);
  }

  private static boolean isBySeed(Checks checks) {
    return checks.text("split.name").equals(SplitSettings.SEED);
  }

  /** Published splits are splits of a table. */
  private static void splits(Checks checks) {
    for (Map.Entry<String, String> usual :
        new TreeMap<>(
                Map.of("split.name", SplitSettings.SEED, "split.judgedOn", SplitSettings.OTHERS))
            .entrySet()) {
      String name = checks.text(usual.getKey());
      if (name.equals(usual.getValue())) {
        continue;
      }
      try {
        Splits.checkName(name);
      } catch (InvalidInput unknown) {
        checks.problem("%s: %s", usual.getKey(), unknown.problems().getFirst());
        continue;
      }
      if (checks.text("evaluation.table").isEmpty()) {
        checks.problem(
            "%s (%s) is a split of a table, but evaluation.table is empty: use %s.",
            usual.getKey(), name, usual.getValue());
      }
    }
  }

  private static void fits(Checks checks) {
    long fits = checks.number("crossValidation.folds") * checks.number("crossValidation.repeats");
    for (JsonNode values : checks.at("crossValidation.grid")) {
      fits *= Math.max(1, values.size());
    }
    if (fits > CrossValidation.MOST_FITS) {
      checks.problem(
          "crossValidation.grid makes %,d fits with all folds and repeats, but at most %,d can be compared: "
              + "try fewer settings, folds or repeats.",
          fits, CrossValidation.MOST_FITS);
    }
  }

  /** What is drawn, ranked and chosen must be there. */
  private static void sizes(Checks checks, SearchSpace space) {
    long train = checks.number("split.train");
    long top = checks.number("search.top");
    long candidates = checks.number("search.candidates");
    boolean isTabled = !checks.text("evaluation.table").isEmpty();
    if (train > space.size()) {
      checks.problem(
          "split.train (%,d) is more than %s has: use at most %,d.",
          train, space.name(), space.size());
    } else if (top > space.size() - train) {
      checks.problem(
          "search.top (%,d) is more than %s has beside the %,d training cells: use at most %,d.",
          top, space.name(), train, space.size() - train);
    }
    if (candidates > space.size()) {
      checks.problem(
          "search.candidates (%,d) is more than %s has: use at most %,d, or 0 for all.",
          candidates, space.name(), space.size());
    }
    if (candidates > 0 && top > candidates) {
      checks.problem(
          "search.top (%,d) cannot exceed search.candidates (%,d), of which it is the best.",
          top, candidates);
    }
    if (candidates == 0 && !isTabled && !(space instanceof TabularSpace)) {
      checks.problem(
          "search.candidates must say how many are ranked: %s has %,d, too many to rank them all. Use 20000.",
          space.name(), space.size());
    }
  }

  private static void table(Checks checks) {
    boolean isTabled = !checks.text("evaluation.table").isEmpty();
    if (!isTabled && checks.text("search.filter").equals(RankSettings.TRUE_ACCURACY)) {
      checks.problem(
          "search.filter (true-accuracy) needs a table that knows all accuracies: name one with evaluation.table, "
              + "or use classifier.");
    }
    for (String column : List.of("evaluation.column", "evaluation.testColumn")) {
      if (!isTabled && checks.usable(column) && !checks.text(column).isEmpty()) {
        checks.problem(
            "%s (%s) is a column of a table, but evaluation.table is empty.",
            column, checks.text(column));
      }
    }
  }
}
