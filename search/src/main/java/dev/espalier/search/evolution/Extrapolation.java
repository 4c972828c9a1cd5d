package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The accuracies that a predictor has seen, and how far beyond them a prediction may lie before
 * people are warned: its error on held-out architectures, or a tenth of the measured range,
 * whichever is less. Beyond that, a predictor repeats no experience; the published evolved network
 * was predicted at 60.8 % where the best measured one had 58.0 %, and reached 58.7 %.
 *
 * @param least the lowest measured accuracy
 * @param most the highest
 * @param error root mean square on held-out architectures; NaN if unknown
 */
public record Extrapolation(double least, double most, double error) {
  public static Extrapolation of(double[] measured, double error) {
    if (measured.length == 0) {
      throw new InvalidInput("nothing was measured, so every prediction is an extrapolation");
    }
    return new Extrapolation(
        Arrays.stream(measured).min().orElseThrow(),
        Arrays.stream(measured).max().orElseThrow(),
        error);
  }

  /** How far beyond the measured ones a prediction may lie. */
  public double tolerance() {
    double tenth = (most - least) / 10;
    return Double.isNaN(error) ? tenth : Math.min(error, tenth);
  }

  public boolean isFar(double prediction) {
    return prediction > most + tolerance() || prediction < least - tolerance();
  }

  /** A warning for people; empty unless {@link #isFar}. */
  public Optional<String> warning(double prediction) {
    if (!isFar(prediction)) {
      return Optional.empty();
    }
    boolean above = prediction > most;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "predicted %.2f %%, %.2f points %s all measured architectures (%.2f to %.2f %%): "
                + "the predictor extrapolates, so train the architecture before believing it",
            100 * prediction,
            100 * (above ? prediction - most : least - prediction),
            above ? "above" : "below",
            100 * least,
            100 * most));
  }
}
