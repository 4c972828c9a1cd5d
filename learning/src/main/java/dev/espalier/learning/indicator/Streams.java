package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.search.random.RandomStream;

/**
 * The named random streams of the measurements: what is drawn anew for which round, repeat and
 * candidate. Nothing else decides a measurement, so what was measured before does not matter.
 */
record Streams(long seed, Mode mode) {
  private static final String ROOT = "indicator";

  /** The part of a request that weights depend on. */
  record WeightKey(int round, int repeat) {}

  /** The part of a request that images depend on. */
  record ImageKey(int round, int repeat, int candidate) {}

  WeightKey weightKey(MeasurementRequest request) {
    return switch (mode) {
      case EXACT -> new WeightKey(request.round(), request.repeat());
      case REFERENCE -> new WeightKey(request.round(), 0);
    };
  }

  ImageKey imageKey(MeasurementRequest request) {
    return switch (mode) {
      case EXACT -> new ImageKey(request.round(), request.repeat(), -1);
      case REFERENCE -> new ImageKey(request.round(), request.repeat(), request.candidate());
    };
  }

  ParameterSource weights(Initialization initialization, String purpose, WeightKey key) {
    return ParameterSource.drawn(initialization, seed, ROOT, purpose, key.round(), key.repeat());
  }

  RandomStream images(String purpose, ImageKey key) {
    return RandomStream.of(seed, ROOT, purpose, key.round(), key.repeat(), key.candidate());
  }
}
