package dev.espalier.workflows.method.metadatabase;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of the images.
 *
 * @param source {@code trained}, imported {@code weights} or {@code imported} features
 * @param network its sizes in words, or the name of its weights; empty where features were imported
 * @param weights SHA-256 of its weights, an artifact; null where features were imported
 * @param validationAccuracy of the classifier on its features; null where it was not trained
 * @param testAccuracy likewise
 */
public record TrainedEncoder(
    String source,
    String network,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double validationAccuracy,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double testAccuracy) {
  /**
   * The same with the imported weights.
   *
   * @param imported null where there are none
   */
  TrainedEncoder with(@Nullable String imported) {
    return imported == null
        ? this
        : new TrainedEncoder(source, network, imported, validationAccuracy, testAccuracy);
  }
}
