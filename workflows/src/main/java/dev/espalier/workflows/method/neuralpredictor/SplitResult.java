package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who is learned from, and who is ranked.
 *
 * @param name of the split
 * @param digest of who is learned from and who is judged on
 * @param count of the training cells
 * @param architectures SHA-256 of an artifact: their canonical strings in a JSON array
 * @param judged how many cells of a table the predictor is judged on; 0 without a table
 * @param candidates how many are ranked, training cells among them
 * @param rows SHA-256 of an artifact: the canonical strings of the candidates in a JSON array,
 *     where some are drawn; empty where all of the table are, or all of the space
 * @param indicators that were measured of all of them; null where predictors read none
 */
public record SplitResult(
    String name,
    String digest,
    int count,
    String architectures,
    int judged,
    int candidates,
    String rows,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IndicatorColumns indicators) {
  /** The same with what was measured. */
  SplitResult with(IndicatorColumns measured) {
    return new SplitResult(name, digest, count, architectures, judged, candidates, rows, measured);
  }

  /** SHA-256 of the artifact with the columns; null where there are none. */
  public @Nullable String columns() {
    return indicators == null ? null : indicators.columns();
  }
}
