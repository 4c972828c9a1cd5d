package dev.espalier.bench;

import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.Effect;
import dev.espalier.search.pruning.PruningRule;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * TE-NAS's search in exact mode as a plain loop: what the prune stage does, without orchestration.
 */
final class PlainPruning {
  /** Measures the requests, in any order, and answers in theirs. */
  interface Measuring {
    List<IndicatorMeasurement> measure(List<MeasurementRequest> requests) throws Exception;
  }

  private final TeNasSearch settings;
  private final Measuring measuring;

  PlainPruning(TeNasSearch settings, Measuring measuring) {
    this.settings = settings;
    this.measuring = measuring;
  }

  Cell search() throws Exception {
    PruningRule rule = new PruningRule(settings.rankingMode(), settings.prunePerEdge());
    PruningState state =
        PruningState.start(NasBench201.SPACE.supernet(settings.operators().equals("all")));
    while (!state.finished()) {
      state = rule.decide(state, effects(state)).after();
    }
    return Cell.parse(state.mask().architecture().canonical());
  }

  private Map<Integer, List<Effect>> effects(PruningState state) throws Exception {
    List<MeasurementRequest> requests = new ArrayList<>();
    for (int repeat = 0; repeat < settings.repeats(); repeat++) {
      requests.add(new MeasurementRequest(state.round(), repeat, -1, state.mask(), true, true));
      for (Candidate candidate : state.candidates()) {
        requests.add(
            new MeasurementRequest(
                state.round(),
                repeat,
                candidate.number(),
                state.mask().without(candidate.edge(), candidate.operator()),
                true,
                true));
      }
    }
    List<IndicatorMeasurement> measured = measuring.measure(requests);
    Map<Integer, List<Effect>> effects = new TreeMap<>();
    int perRepeat = state.candidates().size() + 1;
    for (int i = 0; i < measured.size(); i++) {
      if (i % perRepeat > 0) {
        IndicatorMeasurement with = measured.get(i - i % perRepeat);
        IndicatorMeasurement without = measured.get(i);
        effects
            .computeIfAbsent(i % perRepeat - 1, candidate -> new ArrayList<>())
            .add(
                new Effect(
                    with.condition(), without.condition(), with.regions(), without.regions()));
      }
    }
    return effects;
  }
}
