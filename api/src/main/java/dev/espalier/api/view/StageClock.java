package dev.espalier.api.view;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the stages of an experiment have taken. The store knows it of those that have ended; the
 * clock of one in hand runs only while its experiment does, and stands still at what happened last.
 */
final class StageClock {
  private static final Set<StageState> AT_WORK =
      Set.of(StageState.RUNNING, StageState.PAUSED, StageState.FAILED, StageState.CANCELLED);

  private final Store store;
  private final ExperimentDocument experiment;
  private final Instant now;
  private @Nullable Instant stood;

  StageClock(Store store, ExperimentDocument experiment, Instant now) {
    this.store = store;
    this.experiment = experiment;
    this.now = now;
  }

  /**
   * As noted; a stage of an experiment that was cancelled does not run, whatever was noted last.
   */
  StageState state(ExperimentStage stage) {
    return experiment.state() == ExperimentState.CANCELLED && stage.state() == StageState.RUNNING
        ? StageState.CANCELLED
        : stage.state();
  }

  double seconds(ExperimentStage stage, StageDocument document) {
    if (document.ended() != null || !AT_WORK.contains(stage.state())) {
      return document.seconds();
    }
    boolean runs =
        stage.state() == StageState.RUNNING
            && (experiment.state() == ExperimentState.RUNNING
                || experiment.state() == ExperimentState.QUEUED);
    return Math.max(
        document.seconds(), Elapsed.seconds(document.started(), runs ? now : stood(), now));
  }

  /** When the experiment came to stand. */
  private Instant stood() {
    Instant known = stood;
    if (known == null) {
      known = experiment.ended() != null ? experiment.ended() : lastEvent();
      stood = known;
    }
    return known;
  }

  private Instant lastEvent() {
    List<Event> events = store.events().list(experiment.id());
    return events.isEmpty() ? now : events.getLast().at();
  }
}
