package dev.espalier.search.method.metatrain;

import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.LearnsFromTasks;
import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A meta-training of MetaD2A: a generator and a predictor learn from tasks and the architectures
 * that were trained on them (Lee, Hyung and Hwang, ICLR 2021, section 3).
 *
 * @param data the image collection that the tasks' classes belong to
 * @param tasks what is learned from
 * @param generator that proposes architectures
 * @param predictor that ranks them
 * @param search how often each is trained
 */
public record MetaTrainSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    KnownTasks tasks,
    MetaModelSettings generator,
    MetaModelSettings predictor,
    MetaRuns search,
    BudgetSettings budget,
    FailureSettings failure)
    implements HasPrerequisites, LearnsFromTasks {
  public static final String METHOD = "metad2a-train";

  /** The settings that ask for the meta-database to be made first. */
  static final String MAKE = "tasks.make";

  public MetaTrainSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("tasks", tasks);
    Require.present("generator", generator);
    Require.present("predictor", predictor);
    Require.present("search", search);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static MetaTrainSpecification preset(String preset, Map<String, String> sets) {
    return (MetaTrainSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  @Override
  public List<Specification> prerequisites() {
    return tasks.make() == null ? List.of() : List.of(tasks.make());
  }

  @Override
  public Optional<Offer> offer() {
    return tasks.make() == null && sources().isOpen()
        ? Optional.of(
            new Offer(
                MAKE, this, "a meta-database of small networks is trained (metad2a-database)"))
        : Optional.empty();
  }

  @Override
  public Sources sources() {
    return new Sources(
        "tasks",
        tasks.generator(),
        tasks.predictor(),
        tasks.features(),
        Math.max(generator.perClass(), predictor.perClass()));
  }

  @Override
  public String device() {
    return budget.device();
  }

  /** Empty: the databases are no tables of one data set. */
  @Override
  public String table() {
    return "";
  }

  /** Its images are looked at where their features were computed. */
  @Override
  public boolean needsImages() {
    return false;
  }
}
