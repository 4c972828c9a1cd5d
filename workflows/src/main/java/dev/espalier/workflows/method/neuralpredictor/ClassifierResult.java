package dev.espalier.workflows.method.neuralpredictor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of the cascade.
 *
 * @param kind of predictor; empty where none is fitted
 * @param threshold the lowest accuracy that passes
 * @param cells training cells; {@code passing} of them pass
 * @param model SHA-256 of the fitted classifier, an artifact; null where none is fitted
 * @param folds how it did on held-out training cells, all repeats together; null where none is
 *     fitted
 * @param losses mean squared error by epoch
 */
public record ClassifierResult(
    String kind,
    double threshold,
    int cells,
    int passing,
    @Nullable String model,
    @Nullable Confusion folds,
    List<Double> losses) {
  public ClassifierResult {
    losses = List.copyOf(losses);
  }
}
