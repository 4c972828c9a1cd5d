package dev.espalier.activities.report;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.method.Specification;
import dev.espalier.store.StageDocument;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.stage.HandedOn;
import dev.espalier.workflows.stage.StageRef;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The unit of work that sums an experiment up, whatever its method. */
public final class Reporting {
  private final Equipment equipment;

  public Reporting(Equipment equipment) {
    this.equipment = equipment;
  }

  /**
   * The stage that sums up.
   *
   * @param request as it came, so that the unit can be done in another process
   */
  public record Stage(StageRef ref, Specification specification, Object request) {}

  /**
   * Runs the unit, and tells the metrics what it came to.
   *
   * @param accuracy of what was found; null where its training diverged
   */
  public <R> R run(
      Stage stage,
      Class<R> answer,
      Function<Attempt, R> compute,
      Function<R, @Nullable Accuracy> accuracy) {
    UnitName unit = new UnitName(stage.ref(), stage.ref().stageKey() + "/report", "The report");
    Specification specification = stage.specification();
    R result =
        equipment
            .units()
            .attempt(
                unit,
                new Task<>(
                    stage.request(), answer, specification.failure().attemptsWithoutProgress()),
                compute);
    Accuracy found = accuracy.apply(result);
    if (found != null) {
      equipment
          .metrics()
          .bestAccuracy(
              specification.method(), specification.space(), specification.data(), found.test());
    }
    equipment.metrics().experimentEnded(stage.ref().experimentId());
    return result;
  }

  /** The result of an earlier stage, which the store has where it was handed on as a key. */
  public String whole(String handedOn) {
    return HandedOn.key(handedOn)
        .map(key ->
            equipment
                .store()
                .stages()
                .find(key)
                .map(StageDocument::result)
                .orElseThrow(() -> new Lost("the store has no result under the stage key " + key)))
        .orElse(handedOn);
  }
}
