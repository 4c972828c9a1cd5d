package dev.espalier.activities.evaluation;

import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.stage.StageKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The weights that the training of an evaluation has left. */
public final class TrainedWeights {
  private TrainedWeights() {}

  /**
   * The artifact of the weights; null where nothing was trained.
   *
   * @param evaluationId unsalted
   * @param salt of the experiment's newest trainings; what it reuses was recorded without
   */
  public static @Nullable String of(Store store, String evaluationId, @Nullable String salt) {
    String salted = StageKey.salted(evaluationId, Objects.requireNonNullElse(salt, ""));
    Optional<EvaluationDocument> own = store.evaluations().find(salted);
    return own.or(() -> store.evaluations().find(evaluationId))
        .flatMap(evaluation -> evaluation.artifacts().stream().findFirst())
        .orElse(null);
  }
}
