package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.random.RandomStream;

/**
 * The named random streams of the measurements: what is drawn anew for which round, repeat and
 * candidate. Nothing else decides a measurement, so what was measured before does not matter.
 */
record Streams(long seed, boolean weightsForRound, boolean imagesForCandidate) {
  private static final String ROOT = "indicator";

  /** The part of a request that weights depend on. */
  record WeightKey(int round, int repeat) {}

  /** The part of a request that images depend on. */
  record ImageKey(int round, int repeat, int candidate) {}

  static Streams of(long seed, IndicatorSettings settings) {
    return new Streams(seed, settings.weightsForRound(), settings.imagesForCandidate());
  }

  WeightKey weightKey(MeasurementRequest request) {
    return new WeightKey(request.round(), weightsForRound ? 0 : request.repeat());
  }

  ImageKey imageKey(MeasurementRequest request) {
    return new ImageKey(
        request.round(), request.repeat(), imagesForCandidate ? request.candidate() : -1);
  }

  ParameterSource weights(Initialization initialization, String purpose, WeightKey key) {
    return ParameterSource.drawn(initialization, seed, ROOT, purpose, key.round(), key.repeat());
  }

  RandomStream images(String purpose, ImageKey key) {
    return RandomStream.of(seed, ROOT, purpose, key.round(), key.repeat(), key.candidate());
  }
}
