package dev.espalier.cli.command;

import dev.espalier.search.experiment.ExperimentState;

/** How an experiment stands, as the rest of a sentence about it. */
final class Standing {
  private Standing() {}

  /** {@code is running}, {@code needs attention}. */
  static String of(ExperimentState state) {
    String words = state.words();
    return words.startsWith("needs") ? words : "is " + words;
  }
}
