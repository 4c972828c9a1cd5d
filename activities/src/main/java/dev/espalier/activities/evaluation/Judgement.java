package dev.espalier.activities.evaluation;

import dev.espalier.activities.evaluation.program.ProgramTraining;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.RungOutcome;
import dev.espalier.learning.training.TrainingResult;
import dev.espalier.search.table.ArchitectureTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an architecture is worth.
 *
 * @param metrics by name, ratios
 * @param weights safetensors; empty where the training goes on, or none was made
 */
record Judgement(Map<String, Double> metrics, Optional<byte[]> weights) {
  static final String VALIDATION = "validationAccuracy";
  static final String TEST = "testAccuracy";
  static final String LOSS = "trainLoss";

  static Judgement of(TrainingResult result) {
    return new Judgement(
        Map.of(
            VALIDATION,
            result.validationAccuracy(),
            TEST,
            result.testAccuracy(),
            LOSS,
            result.trainLoss()),
        Optional.of(result.weights()));
  }

  /** At a rung of successive halving the test images have not been looked at. */
  static Judgement of(RungOutcome.Reached reached) {
    EpochMetrics last = reached.epochs().getLast();
    return new Judgement(
        Map.of(VALIDATION, reached.validationAccuracy(), LOSS, last.trainLoss()), Optional.empty());
  }

  /**
   * Of a program of people's own; its weights are in its last checkpoint folder.
   *
   * @param whole whether it went to its end: test images count only then
   */
  static Judgement of(ProgramTraining.Outcome outcome, boolean whole) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(VALIDATION, outcome.validation());
    if (outcome.test() != null && whole) {
      metrics.put(TEST, outcome.test());
    }
    if (outcome.loss() != null) {
      metrics.put(LOSS, outcome.loss());
    }
    return new Judgement(metrics, Optional.empty());
  }

  static Judgement of(ArchitectureTable.Accuracy accuracy) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(VALIDATION, accuracy.validation());
    if (accuracy.test() != null) {
      metrics.put(TEST, accuracy.test());
    }
    return new Judgement(metrics, Optional.empty());
  }
}
