package dev.espalier.search.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * How every architecture is evaluated.
 *
 * @param recipe how it is trained; its settings stand among those of the evaluation
 * @param table the name of an imported table of accuracies to look up instead of training, or empty
 * @param policy which of its trainings are looked up, where it keeps several, or empty
 */
public record EvaluationSettings(
    @JsonUnwrapped TrainingSettings recipe,
    String table,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String policy) {
  public EvaluationSettings {
    Require.present("table", table);
    policy = policy == null ? "" : policy; // specifications from before it was there
  }
}
