package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.StageProgress;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import java.util.ArrayList;
import java.util.List;

/**
 * A round of a stage, as far as it can be told beforehand.
 *
 * @param units of work in it
 * @param work that each of them is, beside those of other rounds
 */
record Round(double units, double work) {

  /** All rounds of a stage in hand, at least one. */
  static List<Round> of(ExperimentView view, StageView stage) {
    boolean isHalving =
        stage.name().equals("evaluate")
            && view.method().equals(EvolutionSpecification.METHOD)
            && view.specification().at("/evaluation/rungs").asInt() > 1;
    if (isHalving) {
      return rungs(Json.read(view.specification().toString(), EvolutionSpecification.class));
    }
    return stage.name().equals("prune") ? pruning(stage.progress()) : alike(stage.progress());
  }

  private static List<Round> alike(StageProgress progress) {
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < Math.max(1, progress.rounds()); round++) {
      rounds.add(new Round(progress.total(), 1));
    }
    return rounds;
  }

  /** Fewer candidates every round, in equal steps down to nothing. */
  private static List<Round> pruning(StageProgress progress) {
    List<Round> rounds = new ArrayList<>();
    double operators = Math.max(0, progress.rounds() - progress.round() - 1) + 2.0; // on an edge
    for (int round = 0; round < Math.max(1, progress.rounds()); round++) {
      double then = operators - (round - progress.round());
      rounds.add(new Round(progress.total() * then / operators, 1));
    }
    return rounds;
  }

  /** Fewer trainings on every rung, each of which goes on for longer; page by page. */
  private static List<Round> rungs(EvolutionSpecification specification) {
    List<Integer> counts =
        specification.evaluation().halving().counts(specification.sample().architectures());
    List<Integer> epochs = specification.evaluation().halving().furtherEpochs();
    List<Round> rounds = new ArrayList<>();
    for (int rung = 0; rung < counts.size(); rung++) {
      for (int from = 0; from < counts.get(rung); from += EvaluateSampleStage.PAGE) {
        int page = Math.min(EvaluateSampleStage.PAGE, counts.get(rung) - from);
        rounds.add(new Round(page, epochs.get(rung)));
      }
    }
    return rounds;
  }
}
