package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Further tries at stages that have failed, as wishes in the store: of one experiment or of many.
 */
public final class Retries {
  private final Store store;

  public Retries(Store store) {
    this.store = store;
  }

  /** What came of the wish for one experiment. */
  public enum What {
    /** Its failed stage is tried again. */
    ASKED,
    /** That was asked for before, and has not begun yet. */
    ALREADY,
    /** It has not failed, and only those that have were meant. */
    LEFT,
    /** It cannot be: the words say why. */
    REFUSED
  }

  /**
   * What came of the wish for one experiment.
   *
   * @param words for people
   */
  public record Outcome(String id, What what, String words) {}

  /**
   * Writes down that the failed stage is to be tried again; twice is once.
   *
   * @param stage its name; empty for the one that failed
   * @param by who asks
   * @return whether it was not asked for already
   * @throws NotFound if there is no such experiment
   * @throws InvalidInput if it has no such stage
   * @throws StateConflict if it does not need attention, or that stage has not failed
   */
  public boolean ask(String id, String stage, String by) {
    ExperimentDocument experiment =
        store
            .experiments()
            .find(id)
            .orElseThrow(
                () -> new NotFound("there is no experiment %s. Run: espalier list".formatted(id)));
    if (experiment.state() != ExperimentState.NEEDS_ATTENTION) {
      throw new StateConflict(
          "%s is %s: only an experiment that needs attention can be retried"
              .formatted(id, experiment.state().name().toLowerCase(java.util.Locale.ROOT)));
    }
    requireFailed(experiment, stage);
    if (store.experiments().steering(id).isRetryPending()) {
      return false;
    }
    int number = store.experiments().requestRetry(id, stage).number();
    store.events().append(id, "wish/retry/" + number, "retry", "Asked to retry", by);
    return true;
  }

  private static void requireFailed(ExperimentDocument experiment, String stage) {
    List<String> names = experiment.stages().stream().map(ExperimentStage::name).toList();
    if (!stage.isEmpty() && !names.contains(stage)) {
      throw new InvalidInput(
          "%s has no stage \"%s\": it has %s"
              .formatted(experiment.id(), stage, String.join(", ", names)));
    }
    boolean failed =
        stage.isEmpty()
            || experiment.stages().stream()
                .anyMatch(each -> each.name().equals(stage) && each.state() == StageState.FAILED);
    if (!failed) {
      throw new StateConflict(
          "stage %s of %s has not failed: leave --stage out to retry the one that has"
              .formatted(stage, experiment.id()));
    }
  }

  /** All experiments that need attention, newest first. */
  public List<String> waiting() {
    return store.experiments().unfinished().stream()
        .filter(each -> each.state() == ExperimentState.NEEDS_ATTENTION)
        .map(ExperimentSummary::id)
        .toList();
  }

  /**
   * Asks for a try at each of these: what is refused for one stands in no other's way.
   *
   * @param failedOnly to leave alone, without a word of blame, what does not need attention
   */
  public List<Outcome> askAll(List<String> ids, boolean failedOnly, Asking asking) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      outcomes.add(outcome(id, failedOnly, asking));
    }
    return outcomes;
  }

  private Outcome outcome(String id, boolean failedOnly, Asking asking) {
    boolean left =
        failedOnly
            && store
                .experiments()
                .find(id)
                .filter(found -> found.state() != ExperimentState.NEEDS_ATTENTION)
                .isPresent();
    if (left) {
      return new Outcome(id, What.LEFT, "needs no attention: left alone");
    }
    try {
      return asking.ask(id)
          ? new Outcome(id, What.ASKED, "retry asked for")
          : new Outcome(id, What.ALREADY, "retry was asked for already, and has not begun yet");
    } catch (InvalidInput | NotFound e) {
      return new Outcome(id, What.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  /** How one of many is asked for. */
  @FunctionalInterface
  public interface Asking {
    /**
     * @return whether it was not asked for already
     */
    boolean ask(String id);
  }
}
