package dev.espalier.search.method.metadatabase;

import dev.espalier.search.method.Method;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;

/** The making of a meta-database, as it is listed and checked. */
public final class MetaDatabaseMethod implements Method {
  @Override
  public String name() {
    return MetaDatabaseSpecification.METHOD;
  }

  @Override
  public String title() {
    return "MetaD2A: meta-database";
  }

  @Override
  public String summary() {
    return "Draws tasks, subsets of the classes of an image collection, and architectures for each of them; trains"
        + " every architecture on its task, and puts the accuracies and the images' features together: what MetaD2A's"
        + " generator and predictor are meta-trained on.";
  }

  @Override
  public String paper() {
    return "Lee, Hyung and Hwang: Rapid Neural Architecture Search by Learning to Generate Graphs from Datasets, ICLR"
        + " 2021";
  }

  @Override
  public Class<? extends Specification> specification() {
    return MetaDatabaseSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        Stage.PREPARE_DATA,
        new Stage("train-encoder", "Train the encoder", 2),
        new Stage("features", "Compute features", 1),
        new Stage("sample", "Draw tasks", 0.1),
        new Stage("evaluate", "Evaluate", 20),
        new Stage("assemble", "Assemble", 0.2),
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
    if (checks.usable("search.tasks", "search.validationTasks", "search.testTasks")) {
      checkSplit(checks);
    }
    if (checks.usable("space", "search.architectures")) {
      checkArchitectures(checks);
    }
    if (checks.usable("features.encoder", "features.name")) {
      checkFeatures(checks);
    }
  }

  private static void checkSplit(Checks checks) {
    long kept = checks.number("search.validationTasks") + checks.number("search.testTasks");
    if (kept >= checks.number("search.tasks")) {
      checks.problem(
          "search.validationTasks and search.testTasks (%,d) leave no task to train on: search.tasks is %,d.",
          kept, checks.number("search.tasks"));
    }
  }

  private static void checkArchitectures(Checks checks) {
    long size = SearchSpaces.named(checks.text("space")).size();
    if (checks.number("search.architectures") > size) {
      checks.problem(
          "search.architectures (%,d) is more than %s has: use at most %,d.",
          checks.number("search.architectures"), checks.text("space"), size);
    }
  }

  private static void checkFeatures(Checks checks) {
    boolean named = !checks.text("features.name").isEmpty();
    boolean trained = checks.text("features.encoder").equals(FeatureSettings.TRAINED);
    if (trained && named) {
      checks.problem(
          "features.name (%s) names what was imported, but features.encoder is %s: leave one of them out.",
          checks.text("features.name"), FeatureSettings.TRAINED);
    } else if (!trained && !named) {
      checks.problem(
          "features.encoder is %s, but features.name does not say what: "
              + "give its name in espalier data list (features) or espalier model list (weights).",
          checks.text("features.encoder"));
    }
  }
}
