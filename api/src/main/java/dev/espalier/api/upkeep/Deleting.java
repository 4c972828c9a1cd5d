package dev.espalier.api.upkeep;

import dev.espalier.api.launch.NotFound;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.Deletion;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Reach;
import dev.espalier.store.Store;
import dev.espalier.store.Upkeep;
import dev.espalier.workflows.stage.StageKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletes experiments, in two steps: first it is said what goes, then that is done. */
public final class Deleting {
  private static final int TOKEN = 16;

  private final Store store;
  private final Upkeep upkeep;

  public Deleting(Store store) {
    this.store = store;
    this.upkeep = store.upkeep(StageKey::salted);
  }

  /**
   * What a deletion would do.
   *
   * @throws NotFound if there is no such experiment (any more)
   * @throws StateConflict if it is not over
   */
  public DeletionPlan plan(String id) {
    ExperimentDocument experiment = over(id);
    Upkeep.Preview preview = upkeep.preview(id);
    return new DeletionPlan(
        id,
        DeletionPlan.Part.of(preview.frees(), preview.bytesFreed()),
        DeletionPlan.Part.of(preview.stays(), preview.bytesStaying()),
        preview.sharers().stream().limit(DeletionPlan.SHOWN).toList(),
        preview.sharers().size(),
        token(experiment, preview.frees()));
  }

  /**
   * Deletes an experiment. One that is deleted stays so: the answer is its deletion then.
   *
   * @param token of the plan that is to be carried out
   * @param by who asks, in words
   * @throws NotFound if there never was such an experiment
   * @throws StateConflict if it is not over, or the plan is another one by now
   */
  public synchronized Deletion delete(String id, String token, String by) {
    if (store.experiments().find(id).isEmpty()) {
      return upkeep.deletionOf(id).orElseThrow(() -> unknown(id));
    }
    String now = plan(id).token();
    if (!token.equals(now)) {
      Optional<Deletion> meanwhile = // by another process
          store.experiments().find(id).isEmpty() ? upkeep.deletionOf(id) : Optional.empty();
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      throw new StateConflict(
          token.isEmpty()
              ? "a deletion carries out a plan: ask for it first, and give its token. Run: espalier delete %s"
                  .formatted(id)
              : "plan %s is not what would be deleted now: something has changed since. Look again: espalier delete %s"
                  .formatted(token, id));
    }
    return upkeep
        .delete(id, by)
        .or(() -> upkeep.deletionOf(id)) // by another call, just now
        .orElseThrow(
            () -> new StateConflict("%s goes on: somebody has just asked for it".formatted(id)));
  }

  /** Goes on with deletions that were begun. */
  public void goOn() {
    var _ = upkeep.goOn();
  }

  /** The newest deletion of an experiment of that id. */
  public Optional<Deletion> deletionOf(String id) {
    return upkeep.deletionOf(id);
  }

  private ExperimentDocument over(String id) {
    ExperimentDocument experiment = store.experiments().find(id).orElseThrow(() -> unknown(id));
    if (!experiment.state().isOver()) {
      throw new StateConflict(
          "%s is not over, it is %s: only what is completed or cancelled can be deleted. To end it: espalier cancel %s"
              .formatted(id, experiment.state().words(), id));
    }
    return experiment;
  }

  private NotFound unknown(String id) {
    return new NotFound(
        upkeep
            .deletionOf(id)
            .map(deletion ->
                "%s was deleted by %s at %s".formatted(id, deletion.by(), deletion.at()))
            .orElse("there is no experiment %s. Run: espalier list".formatted(id)));
  }

  private static String token(ExperimentDocument experiment, Reach frees) {
    List<String> parts =
        Stream.of(frees.stages(), frees.evaluations(), frees.artifacts())
            .flatMap(each -> each.stream().sorted(Comparator.naturalOrder()))
            .toList();
    return Digest.sha256(
            "%s %d %s"
                .formatted(
                    experiment.id(), experiment.created().toEpochMilli(), String.join(" ", parts)))
        .substring(0, TOKEN);
  }
}
