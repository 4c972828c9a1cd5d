package dev.espalier.activities.method.evolution;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.EvolutionRun;
import dev.espalier.search.evolution.Generation;
import dev.espalier.search.evolution.Genome;
import dev.espalier.search.evolution.Scored;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.evolution.EvolutionActivities;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs a strategy generation by generation; a search is recorded once. */
public final class EvolvingActivities implements EvolutionActivities {
  private static final int MOST_HISTORY = 200;
  private static final int MOST_FRONT = 100;

  private final Store store;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final LoadedDatasets datasets;
  private final Results results;

  public EvolvingActivities(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
    this.datasets = equipment.datasets();
    this.results = new Results(store, equipment.units());
  }

  @Override
  public Evolved evolve(Evolve request) {
    EvolutionSpecification specification =
        Json.read(request.specification(), EvolutionSpecification.class);
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/" + request.strategy(),
            "Searching by the strategy " + request.strategy());
    return results.once(
        unit,
        new Task<>(request, Evolved.class, specification.failure().attemptsWithoutProgress()),
        "evolved-" + request.strategy(),
        attempt -> search(request, specification, unit, attempt));
  }

  private Evolved search(
      Evolve request, EvolutionSpecification specification, UnitName unit, Attempt attempt) {
    BitSpace space = specification.bitSpace(datasets.load(request.dataDigest()).classes());
    Checkpoints checkpoints = new Checkpoints(store, metrics, unit, attempt);
    byte[] checkpoint = checkpoints.newest();
    EvolutionRun run =
        checkpoint == null
            ? EvolutionRun.create(
                Strategy.labelled(request.strategy()),
                specification.search().evolution(),
                space,
                specification.limits(),
                specification.seed(),
                "evolve")
            : EvolutionRun.restore(space, checkpoint);
    try (Predictor predictor =
        Predictors.load(
            torch, specification.searchSpace(), store.artifacts().get(request.model()))) {
      Progress progress = new Progress(unit, run);
      while (!run.finished()) {
        if (attempt.stop()) {
          checkpoints.keep(run.checkpoint(), run.history().size(), 0);
          throw new Stopped();
        }
        List<Genome> proposals = run.proposals();
        run.told(predictor.predict(proposals.stream().map(space::architecture).toList()));
        progress.note();
        if (checkpoints.due()) {
          checkpoints.keep(run.checkpoint(), run.history().size(), 0);
        }
      }
      progress.flush();
    }
    return evolved(request, specification, run, space);
  }

  private static Evolved evolved(
      Evolve request, EvolutionSpecification specification, EvolutionRun run, BitSpace space) {
    Scored best = run.best().orElseThrow();
    FrontPoint found = point(space, best.genome(), best.accuracy());
    return new Evolved(
        request.strategy(),
        found.architecture(),
        found.predicted(),
        found.macs(),
        Objects.requireNonNull(found.parameters()),
        run.scored().size(),
        run.history().size(),
        history(run.history()),
        thinned(run.front(specification.search().frontCosts()), MOST_FRONT).stream()
            .map(each -> point(space, each.what(), each.accuracy()))
            .toList(),
        found.latency());
  }

  /** An architecture with all that it costs. */
  private static FrontPoint point(BitSpace space, Genome genome, double predicted) {
    boolean isTimed =
        space.costs().stream()
            .anyMatch(table -> table.name().equals(EvolutionSpecification.LATENCY));
    return new FrontPoint(
        space.architecture(genome).canonical(),
        predicted,
        Math.round(space.cost(CostTable.MACS).of(genome)),
        Math.round(space.cost(CostTable.PARAMETERS).of(genome)),
        isTimed ? space.cost(EvolutionSpecification.LATENCY).of(genome) : null);
  }

  private static List<HistoryPoint> history(List<Generation> generations) {
    return thinned(generations, MOST_HISTORY).stream()
        .map(each ->
            new HistoryPoint(each.generation(), each.evaluations(), each.best(), each.mean()))
        .toList();
  }

  /** Every so many, and the last one. */
  private static <T> List<T> thinned(List<T> all, int most) {
    int step = Math.max(1, Math.ceilDiv(all.size(), most));
    List<T> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    if (!all.isEmpty() && (all.size() - 1) % step != 0) {
      some.add(all.getLast());
    }
    return some;
  }

  /** Shows how far a search is, about once a second. */
  private final class Progress {
    private static final long APART_NANOS = 1_000_000_000L;

    private final UnitName unit;
    private final EvolutionRun run;
    private int shown;
    private long lastNanos = System.nanoTime();

    Progress(UnitName unit, EvolutionRun run) {
      this.unit = unit;
      this.run = run;
      this.shown = run.scored().size();
    }

    void note() {
      if (System.nanoTime() - lastNanos > APART_NANOS) {
        flush();
      }
    }

    void flush() {
      lastNanos = System.nanoTime();
      int now = run.history().isEmpty() ? 0 : run.history().getLast().evaluations();
      store.stages().advance(unit.ref().stageKey(), 0, now - shown);
      metrics.candidates(unit.ref().stage(), now - shown);
      run.best()
          .ifPresent(best ->
              metrics.gauge(
                  "espalier.predicted.accuracy",
                  "Best predicted accuracy of a search so far",
                  unit.ref().experimentId(),
                  best.accuracy()));
      shown = now;
    }
  }
}
