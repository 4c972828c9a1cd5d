package dev.espalier.api.view;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.StageState;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of experiments: {@code GET /api/experiments} and {@code espalier list
 * --json}.
 *
 * @param architecture the found architecture, once there is one
 * @param accuracy its accuracy as a ratio, once measured
 * @param stage the stage that runs or failed, for the eye
 */
public record ExperimentLine(
    String id,
    String state,
    @Nullable String reason,
    String method,
    String space,
    String data,
    long seed,
    String preset,
    @Nullable String digest,
    @Nullable String architecture,
    @Nullable Double accuracy,
    @Nullable String stage,
    double progress,
    int recoveries,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    double seconds) {
  private static final List<String> CURRENT =
      List.of(StageState.RUNNING, StageState.FAILED, StageState.PAUSED);

  /** As {@link #of(ExperimentView)}; one that cannot be read whole is told of as far as it can. */
  public static ExperimentLine of(Store store, ExperimentSummary summary, Instant now) {
    try {
      ExperimentDocument document = store.experiments().find(summary.id()).orElseThrow();
      return of(ExperimentView.of(store, document, now));
    } catch (Lost e) {
      throw e;
    } catch (RuntimeException unreadable) {
      return new ExperimentLine(
          summary.id(),
          summary.state(),
          summary.reason() == null
              ? "it cannot be read: " + unreadable.getMessage()
              : summary.reason(),
          summary.method(),
          summary.space(),
          summary.data(),
          summary.seed(),
          summary.preset(),
          summary.digest(),
          null,
          null,
          null,
          0,
          0,
          summary.created(),
          summary.started(),
          summary.ended(),
          0);
    }
  }

  public static ExperimentLine of(ExperimentView view) {
    return new ExperimentLine(
        view.id(),
        view.state(),
        view.reason(),
        view.method(),
        view.space(),
        view.data(),
        view.seed(),
        view.preset(),
        view.digest(),
        ResultReader.architecture(view.result()),
        ResultReader.accuracy(view.result()),
        view.stages().stream()
            .filter(stage -> CURRENT.contains(stage.state()))
            .map(StageView::name)
            .findFirst()
            .orElse(null),
        view.progress(),
        view.recoveries(),
        view.created(),
        view.started(),
        view.ended(),
        view.seconds());
  }
}
