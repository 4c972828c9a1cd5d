package dev.espalier.search.method.random;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;

/**
 * How every architecture is evaluated.
 *
 * @param recipe how it is trained; its settings stand among those of the evaluation
 * @param table the name of an imported table of accuracies to look up instead of training, or empty
 */
public record RandomEvaluation(@JsonUnwrapped TrainingSettings recipe, String table) {
  public RandomEvaluation {
    Require.present("table", table);
  }
}
