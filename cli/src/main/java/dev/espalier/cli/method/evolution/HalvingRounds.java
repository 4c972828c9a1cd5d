package dev.espalier.cli.method.evolution;

import dev.espalier.cli.view.Round;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.evaluation.TrainingPage;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of successive halving: fewer trainings on every rung, each of which goes on for
 * longer; page by page.
 */
final class HalvingRounds {
  private HalvingRounds() {}

  static List<Round> of(EvolutionSpecification specification) {
    List<Integer> counts =
        specification.evaluation().halving().counts(specification.sample().architectures());
    List<Integer> epochs = specification.evaluation().halving().furtherEpochs();
    List<Round> rounds = new ArrayList<>();
    for (int rung = 0; rung < counts.size(); rung++) {
      for (int from = 0; from < counts.get(rung); from += TrainingPage.SIZE) {
        int page = Math.min(TrainingPage.SIZE, counts.get(rung) - from);
        rounds.add(new Round(page, epochs.get(rung)));
      }
    }
    return rounds;
  }
}
