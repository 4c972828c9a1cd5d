package dev.espalier.workflows.sampling;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.method.Specification;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingPage;
import dev.espalier.workflows.evaluation.TrainingPage.Failures;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.sampling.SamplingActivities.CollectRequest;
import dev.espalier.workflows.sampling.SamplingActivities.PageRequest;
import dev.espalier.workflows.sampling.SamplingActivities.PromoteRequest;
import dev.espalier.workflows.sampling.SamplingActivities.Sampled;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Page by page, as many trainings in flight as a window allows, rung by rung where the
 * specification asks for successive halving (Jamieson and Talwalkar 2016).
 */
public final class EvaluateSampleStageImpl implements EvaluateSampleStage {
  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final TrainingActivities trainings;
  private final SamplingActivities lists;
  private final SamplesArchitectures specification;
  private final int rungs;
  private final BooleanSupplier historyIsLong;
  private LoopState loop;

  @WorkflowInit
  public EvaluateSampleStageImpl(StageInput input) {
    this(input, StageNotes::isHistoryLong);
  }

  /**
   * @param historyIsLong whether to continue as new after the page at hand
   */
  EvaluateSampleStageImpl(StageInput input, BooleanSupplier historyIsLong) {
    this.historyIsLong = historyIsLong;
    StageNotes notes = new StageNotes(input);
    units = notes.units(historyIsLong, () -> resumed(input));
    bookkeeping = notes.bookkeeping();
    trainings =
        Workflow.newActivityStub(
            TrainingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    lists =
        Workflow.newActivityStub(
            SamplingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    specification = (SamplesArchitectures) Json.read(input.specification(), Specification.class);
    rungs = specification.halving().rungs().size();
    if (input.resumeFrom() == null) {
      String sample = input.input(Plans.of(input).sampleFrom(input.plannedStage()));
      loop = new LoopState(List.of(Json.read(sample, Sampled.class)), 0, 0, "", false, null);
    } else {
      loop = Json.read(input.resumeFrom(), LoopState.class);
      if (loop.paused()) {
        units.pause();
      }
    }
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> evaluate(input));
  }

  private String evaluate(StageInput input) {
    while (true) {
      while (loop.from() < loop.current().count()) {
        page(input);
        if (historyIsLong.getAsBoolean()) {
          Workflow.newContinueAsNewStub(EvaluateSampleStage.class).run(resumed(input));
        }
      }
      if (loop.rungs().size() == rungs) {
        return collected(input);
      }
      loop =
          loop.promoted(
              SingleUnit.run(
                  units,
                  new PromoteRequest(
                      input.ref(),
                      input.specification(),
                      input.dataDigest(),
                      input.salt(),
                      loop.current().architectures(),
                      loop.rungs().size() - 1,
                      input.tableDigest(),
                      loop.failedNow()),
                  lists::promote));
    }
  }

  private StageInput resumed(StageInput input) {
    return input.resumingFrom(Json.write(loop.paused(units.isPaused())));
  }

  /** Trains some of the rung's architectures; what fails is counted, and the others go on. */
  private void page(StageInput input) {
    List<String> architectures =
        SingleUnit.run(
            units,
            new PageRequest(loop.current().architectures(), loop.from(), TrainingPage.SIZE),
            lists::page);
    List<TrainArchitecture> page = new ArrayList<>();
    for (String architecture : architectures) {
      page.add(
          Trainings.ofSample(
              input,
              specification,
              architecture,
              loop.from() + page.size(),
              loop.rungs().size() - 1,
              round()));
    }
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            round(),
            Trainings.announcement(page),
            announcement(page.size()),
            new Progress(round(), rounds(), 0, page.size(), "trainings")));
    Failures failures =
        TrainingPage.train(units, trainings, page, new Failures(loop.failed(), loop.reason()));
    loop = loop.after(page.size(), failures.count(), failures.reason());
    failures.orStop(
        loop.rungs().getFirst().count(),
        specification.tolerated(),
        specification.sampleGroup() + ".tolerated",
        specification.failure().onDiverged());
  }

  private String announcement(int size) {
    int rung = loop.rungs().size();
    String which = rungs == 1 ? "" : " in rung %d of %d".formatted(rung, rungs);
    return "Training architectures %d to %d of %d%s"
        .formatted(loop.from() + 1, loop.from() + size, loop.current().count(), which);
  }

  /** Pages are the stage's rounds, counted through all rungs. */
  private int round() {
    int pages = 0;
    for (int i = 0; i < loop.rungs().size() - 1; i++) {
      pages += Math.ceilDiv(loop.rungs().get(i).count(), TrainingPage.SIZE);
    }
    return pages + loop.from() / TrainingPage.SIZE;
  }

  private int rounds() {
    int rungsLeft = rungs - loop.rungs().size();
    int pagesLeft = Math.ceilDiv(loop.current().count() - loop.from(), TrainingPage.SIZE);
    return round() + pagesLeft + rungsLeft;
  }

  private String collected(StageInput input) {
    EvaluateSampleResult result =
        SingleUnit.run(
            units,
            new CollectRequest(
                input.ref(),
                input.specification(),
                input.dataDigest(),
                input.salt(),
                loop.rungs().stream().map(Sampled::architectures).toList(),
                input.tableDigest(),
                loop.failed()),
            lists::collect);
    return CanonicalJson.of(result);
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }

  /**
   * What the loop carries when it continues as new.
   *
   * @param rungs the lists of the rungs so far
   * @param from how many of the last one are done
   * @param failed over all rungs
   * @param reason of the last failure
   * @param failedBefore those of the rungs before this one; null is none
   */
  record LoopState(
      List<Sampled> rungs,
      int from,
      int failed,
      String reason,
      boolean paused,
      @Nullable Integer failedBefore) {
    LoopState {
      rungs = List.copyOf(rungs);
      Objects.requireNonNull(reason);
    }

    Sampled current() {
      return rungs.getLast();
    }

    /** Failures in this rung. */
    int failedNow() {
      return failed - Objects.requireNonNullElse(failedBefore, 0);
    }

    LoopState after(int done, int failedNow, String lastReason) {
      return new LoopState(rungs, from + done, failedNow, lastReason, paused, failedBefore);
    }

    LoopState promoted(Sampled next) {
      List<Sampled> more = new ArrayList<>(rungs);
      more.add(next);
      return new LoopState(more, 0, failed, reason, paused, failed);
    }

    LoopState paused(boolean now) {
      return new LoopState(rungs, from, failed, reason, now, failedBefore);
    }
  }
}
