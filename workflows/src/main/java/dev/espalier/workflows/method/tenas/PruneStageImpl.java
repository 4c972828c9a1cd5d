package dev.espalier.workflows.method.tenas;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.PruningRound;
import dev.espalier.search.pruning.PruningRule;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.pruning.RankedCandidate;
import dev.espalier.workflows.method.tenas.ChunkPlan.Costs;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasuredChunk;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Section 3 of the paper as a loop: measure every candidate of the round, rank, remove, until a
 * cell is left.
 */
public final class PruneStageImpl implements PruneStage {
  private static final int WINDOW = 64;

  /** So many operators of a round are named to people. */
  private static final int TOLD = 24;

  /** Changes of the plan that stages which began before do not take part in. */
  private static final String FINER_TAIL = "finer-tail";

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final MeasureActivities activities;
  private final BooleanSupplier historyIsLong;
  private final TeNasSpecification specification;
  private final PruningRule rule;

  private PruningState state;
  private final List<PruneResult.Round> rounds = new ArrayList<>();

  @WorkflowInit
  public PruneStageImpl(StageInput input) {
    this(input, StageNotes::isHistoryLong);
  }

  /**
   * @param historyIsLong whether to continue as new after the round at hand
   */
  PruneStageImpl(StageInput input, BooleanSupplier historyIsLong) {
    this.historyIsLong = historyIsLong;
    StageNotes notes = new StageNotes(input);
    units = notes.units(historyIsLong, () -> resumed(input));
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            MeasureActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    specification = Json.read(input.specification(), TeNasSpecification.class);
    rule =
        new PruningRule(
            specification.search().rankingMode(), specification.search().prunePerEdge());
    state = PruningState.start(specification.supernet());
    if (input.resumeFrom() != null) {
      LoopState loop = Json.read(input.resumeFrom(), LoopState.class);
      state = loop.state();
      rounds.addAll(loop.rounds());
      if (loop.paused()) {
        units.pause();
      }
    }
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> prune(input));
  }

  private String prune(StageInput input) {
    if (rounds.isEmpty()) {
      announce(input);
    }
    while (!state.finished()) {
      RoundMeasurements measured = measure(input);
      PruningRound round = rule.decide(state, measured.effects(state.candidates()));
      state = round.after();
      PruneResult.Round summary = summary(round, measured);
      rounds.add(summary);
      record(input, round, summary, measured);
      if (!state.finished() && historyIsLong.getAsBoolean()) {
        Workflow.newContinueAsNewStub(PruneStage.class).run(resumed(input));
      }
    }
    return CanonicalJson.of(new PruneResult(state.mask().architecture().canonical(), rounds));
  }

  private StageInput resumed(StageInput input) {
    return input.resumingFrom(Json.write(new LoopState(state, rounds, units.isPaused())));
  }

  private void announce(StageInput input) {
    bookkeeping.stageProgress(new StageProgressNote(input.key(), progress(state)));
  }

  /** All measurements of the round, from the chunks in parallel. */
  private RoundMeasurements measure(StageInput input) {
    List<MeasureChunk> chunks =
        switch (Workflow.getVersion(FINER_TAIL, Workflow.DEFAULT_VERSION, 3)) {
          case Workflow.DEFAULT_VERSION -> ChunkPlan.even(input, specification, state);
          case 1 -> ChunkPlan.of(input, specification, state, Costs.MERGED, Integer.MAX_VALUE);
          case 2 -> ChunkPlan.of(input, specification, state, Costs.VECTORS, Integer.MAX_VALUE);
          default -> ChunkPlan.of(input, specification, state, Costs.VECTORS, ChunkPlan.MOST);
        };
    List<Outcome<MeasuredChunk>> outcomes =
        units.run(chunks, WINDOW, activities::measure, (chunk, outcome) -> {});
    RoundMeasurements measurements = new RoundMeasurements();
    for (int i = 0; i < chunks.size(); i++) {
      measurements.add(chunks.get(i), SingleUnit.orFail(outcomes.get(i)), state);
    }
    return measurements;
  }

  private static PruneResult.Round summary(PruningRound round, RoundMeasurements measured) {
    List<String> removed =
        round.removed().stream()
            .map(each -> "%d:%s".formatted(each.edge(), each.operator()))
            .toList();
    int singular = (int) round.ranked().stream().filter(RankedCandidate::singular).count();
    return new PruneResult.Round(round.before().round(), removed, singular, measured.saturated());
  }

  private void record(
      StageInput input, PruningRound round, PruneResult.Round summary, RoundMeasurements measured) {
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            summary.round(),
            CanonicalJson.of(RoundView.of(round, measured)),
            "Round %d removed %s".formatted(summary.round() + 1, inWords(round)),
            progress(state)));
  }

  /**
   * The operators with the nodes they lead from and to, such as {@code avg_pool_3x3 (0→1)}; of many
   * only how many.
   */
  private static String inWords(PruningRound round) {
    List<Candidate> removed = round.removed();
    return removed.size() > TOLD
        ? "%d operators".formatted(removed.size())
        : removed.stream()
            .map(each ->
                "%s (%s)".formatted(each.operator(), round.before().mask().edgeTitle(each.edge())))
            .collect(Collectors.joining(", "));
  }

  /** Where the stage stands at the beginning of a round. */
  private Progress progress(PruningState at) {
    int left = at.roundsLeft(specification.search().prunePerEdge());
    int total = at.finished() ? 0 : ChunkPlan.measurements(specification.search(), at);
    return new Progress(at.round(), at.round() + left, 0, total, "measurements");
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }

  /** What the loop carries over when the workflow continues as new. */
  record LoopState(PruningState state, List<PruneResult.Round> rounds, boolean paused) {
    LoopState {
      rounds = List.copyOf(rounds);
    }
  }
}
