package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;

/**
 * The named random streams of the measurements: what is drawn anew for which round, repeat and
 * candidate. Nothing else decides a measurement, so what was measured before does not matter.
 */
public record Streams(long seed, boolean weightsForRound, boolean imagesForCandidate) {
  private static final String ROOT = "indicator";

  /** The part of a request that weights depend on. */
  public record WeightKey(int round, int repeat) {}

  /** The part of a request that images depend on. */
  public record ImageKey(int round, int repeat, int candidate) {}

  public static Streams of(long seed, IndicatorSettings settings) {
    return new Streams(seed, settings.weightsForRound(), settings.imagesForCandidate());
  }

  public WeightKey weightKey(MeasurementRequest request) {
    return new WeightKey(request.round(), weightsForRound ? 0 : request.repeat());
  }

  public ImageKey imageKey(MeasurementRequest request) {
    return new ImageKey(
        request.round(), request.repeat(), imagesForCandidate ? request.candidate() : -1);
  }

  public ParameterSource weights(Initialization initialization, String purpose, WeightKey key) {
    return ParameterSource.drawn(initialization, seed, ROOT, purpose, key.round(), key.repeat());
  }

  public RandomStream images(String purpose, ImageKey key) {
    return RandomStream.of(seed, ROOT, purpose, key.round(), key.repeat(), key.candidate());
  }
}
