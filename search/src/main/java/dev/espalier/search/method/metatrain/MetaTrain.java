package dev.espalier.search.method.metatrain;

import dev.espalier.search.method.Method;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.Checks;
import java.util.List;

/** The meta-training of MetaD2A, as it is listed and checked. */
public final class MetaTrain implements Method {
  @Override
  public String name() {
    return MetaTrainSpecification.METHOD;
  }

  @Override
  public String title() {
    return "MetaD2A meta-training";
  }

  @Override
  public String summary() {
    return "Meta-trains the models of MetaD2A on tasks whose architectures were really trained: a generator that "
        + "proposes architectures for an unseen set of images, and a predictor that ranks them.";
  }

  @Override
  public String paper() {
    return "Lee, Hyung and Hwang: Rapid Neural Architecture Search by Learning to Generate Graphs from Datasets, "
        + "ICLR 2021";
  }

  @Override
  public Class<? extends Specification> specification() {
    return MetaTrainSpecification.class;
  }

  @Override
  public List<Stage> stages() {
    return List.of(
        new Stage("prepare-data", "Prepare tasks", 0.5),
        new Stage("train-generator", "Train generator", 10),
        new Stage("train-predictor", "Train predictor", 10),
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
  public List<Prerequisites.Inner> prerequisites() {
    return List.of(new Prerequisites.Inner(MetaTrainSpecification.MAKE, "metad2a-database"));
  }

  @Override
  public void check(Checks checks) {
    if (!checks.at(MetaTrainSpecification.MAKE).isMissingNode()) {
      for (String setting : List.of("tasks.generator", "tasks.predictor", "tasks.features")) {
        if (checks.usable(setting) && !checks.text(setting).isEmpty()) {
          checks.problem(
              "%s names %s, but %s asks for others to be made: leave one of them out.",
              setting, checks.text(setting), MetaTrainSpecification.MAKE);
        }
      }
    }
    if (checks.usable("generator.latent", "generator.hidden")
        && checks.number("generator.latent") != checks.number("generator.hidden")) {
      checks.problem(
          "generator.hidden (%d) must be generator.latent (%d): "
              + "the published generator reads its set vector as a state.",
          checks.number("generator.hidden"), checks.number("generator.latent"));
    }
    for (String model : List.of("generator", "predictor")) {
      String latent = model + ".latent";
      if (checks.usable(latent) && checks.number(latent) % 4 != 0) {
        checks.problem(
            "%s (%d) must be a multiple of 4: attention has 4 heads.",
            latent, checks.number(latent));
      }
    }
  }
}
