package dev.espalier.cli.method.tenas;

import dev.espalier.cli.view.Round;
import dev.espalier.store.StageProgress;
import java.util.ArrayList;
import java.util.List;

/** The rounds of pruning: fewer candidates every round, in equal steps down to nothing. */
final class PruningRounds {
  private PruningRounds() {}

  static List<Round> of(StageProgress progress) {
    List<Round> rounds = new ArrayList<>();
    double operators = Math.max(0, progress.rounds() - progress.round() - 1) + 2.0; // on an edge
    for (int round = 0; round < Math.max(1, progress.rounds()); round++) {
      double then = operators - (round - progress.round());
      rounds.add(new Round(progress.total() * then / operators, 1));
    }
    return rounds;
  }
}
