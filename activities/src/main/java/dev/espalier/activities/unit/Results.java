package dev.espalier.activities.unit;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.util.function.Function;

/**
 * Results of units of work that are measurements of their stage: found if they are there, else
 * computed and recorded once. What counts is the first record; one that differs raises the alarm.
 * Once it is recorded the unit's checkpoints are needed no more.
 */
public final class Results {
  private final Store store;
  private final UnitsOfWork units;
  private final Named named;

  public Results(Store store, UnitsOfWork units) {
    this.store = store;
    this.units = units;
    this.named = new Named(store);
  }

  /**
   * Runs one attempt in the current activity, unless the result is there.
   *
   * @param name of the measurement, without a slash
   * @param onNew told when the result was not there before
   */
  public <R> R once(
      UnitName unit, Task<R> task, String name, Function<Attempt, R> compute, Runnable onNew) {
    return units.attempt(
        unit,
        task,
        attempt -> {
          R result =
              store
                  .measurements()
                  .find(unit.ref().stageKey(), 0, name)
                  .filter(json -> named.artifactsLacking(json).isEmpty()) // else it is made again
                  .map(json -> Json.read(json, task.answer()))
                  .orElseGet(
                      () -> record(unit, name, task.answer(), compute.apply(attempt), onNew));
          store.units().discardCheckpoints(unit.id()); // only now: it can be found from here on
          return result;
        });
  }

  /** As above, where nobody needs to be told. */
  public <R> R once(UnitName unit, Task<R> task, String name, Function<Attempt, R> compute) {
    return once(unit, task, name, compute, () -> {});
  }

  private <R> R record(UnitName unit, String name, Class<R> type, R result, Runnable onNew) {
    String json = CanonicalJson.of(result);
    Recorded recorded = store.measurements().record(unit.ref().stageKey(), 0, name, json);
    switch (recorded) {
      case NEW -> onNew.run();
      case SAME -> {}
      case DIFFERENT -> units.nondeterminism(unit.ref().experimentId(), unit.ref().stage(), name);
    }
    return store
        .measurements()
        .find(unit.ref().stageKey(), 0, name)
        .map(first -> Json.read(first, type))
        .orElse(result);
  }
}
