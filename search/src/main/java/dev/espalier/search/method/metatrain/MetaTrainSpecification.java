package dev.espalier.search.method.metatrain;

import dev.espalier.search.method.Specification;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.specification.SpecificationReader;
import java.util.Map;

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
    implements Specification {
  public static final String METHOD = "metad2a-train";

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
