package dev.espalier.search.method.evolution;

import dev.espalier.search.settings.Require;

/**
 * How the winner is judged.
 *
 * @param randomArchitectures of equal cost, trained the same way
 * @param seeds trainings of each architecture
 * @param costTolerance how far, as a share, a random architecture's MACs may be from the winner's
 */
public record FinalSettings(int randomArchitectures, int seeds, double costTolerance) {
  /** So many trainings can be compared in one result, */
  static final int MOST_TRAININGS = 1_200;

  /** if their architectures have no more layers than this together. */
  static final int MOST_LAYERS = 25_000;

  public FinalSettings {
    Require.notNegative("randomArchitectures", randomArchitectures);
    Require.positive("seeds", seeds);
    Require.notNegative("costTolerance", costTolerance);
  }
}
