package dev.espalier.search.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;

/**
 * How every architecture is evaluated.
 *
 * @param recipe how it is trained; its settings stand among those of the evaluation
 * @param table the name of an imported table of accuracies to look up instead of training, or empty
 * @param policy which of a cell's trainings is looked up, where the table keeps several, or empty
 * @param column of the table, whose accuracies are learned and choose; empty for the one that fits
 *     the data
 * @param testColumn of the table, whose accuracies are reported only; empty likewise
 */
public record CellEvaluation(
    @JsonUnwrapped TrainingSettings recipe,
    String table,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String policy,
    String column,
    String testColumn) {
  public CellEvaluation {
    Require.present("table", table);
    policy = policy == null ? "" : policy; // left out where it is not said
    Require.present("column", column);
    Require.present("testColumn", testColumn);
  }
}
