package dev.espalier.api.launch;

import dev.espalier.api.launch.RerunPlan.PlannedStage;
import dev.espalier.api.launch.RerunPlan.What;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.Plans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows an experiment by another one that reuses whatever has not changed. It says before what it
 * would do.
 */
public final class Rerunning {
  private static final int TOKEN = 16;

  private final Store store;
  private final Launching launching;

  public Rerunning(Store store, Launching launching) {
    this.store = store;
    this.launching = launching;
  }

  /**
   * What would be done.
   *
   * @throws NotFound if there is no such experiment
   * @throws InvalidInput with every problem of the settings at once, or for an unknown stage
   */
  public RerunPlan plan(String id, RerunWish wish) {
    ExperimentDocument before = experiment(id);
    return plan(before, wish, launching.resolve(launch(before, wish, "", "")));
  }

  /**
   * Launches the experiment that follows.
   *
   * @param token of the plan that is to be carried out; empty for whatever it is now
   * @param key as of a launch
   * @throws NotFound if there is no such experiment
   * @throws InvalidInput as {@link #plan}
   * @throws StateConflict if nothing would be computed; if the plan is another one by now
   * @throws KeyTaken if another experiment was launched under that key
   */
  public ExperimentDocument start(
      String id, RerunWish wish, String token, String launchedBy, String key) {
    ExperimentDocument before = experiment(id);
    LaunchWish launch = launch(before, wish, launchedBy, key);
    Resolved resolved = launching.resolve(launch);
    Optional<ExperimentDocument> launched =
        new LaunchId(resolved.specification().method(), key)
            .launched(store, resolved.specification(), launch);
    if (launched.isPresent()) {
      return launched.get();
    }
    RerunPlan plan = plan(before, wish, resolved);
    if (!token.isEmpty() && !token.equals(plan.token())) {
      throw new StateConflict(
          "plan %s is not what would be done now: something has changed since. Look again with --dry-run"
              .formatted(token));
    }
    if (!plan.computesSomething()) {
      throw new StateConflict(
          ("nothing would be computed: every stage of %s is there already. Change a setting with --set, --seed or"
                  + " --data, or name with --from the stage from which all is computed anew (%s)")
              .formatted(id, String.join(", ", names(plan))));
    }
    return launching.launch(launch);
  }

  private RerunPlan plan(ExperimentDocument before, RerunWish wish, Resolved resolved) {
    wish.requireStage(before.id(), Plans.byName(resolved.specification()).keySet());
    List<PlannedStage> stages =
        new StageForecast(store, before, wish.from(), salts(before))
            .stages(resolved.specification(), resolved.numericClass());
    return new RerunPlan(
        before.id(),
        wish.verb(),
        wish.from(),
        stages,
        seconds(stages),
        token(before.id(), wish, resolved, stages));
  }

  private static @Nullable Double seconds(List<PlannedStage> stages) {
    double seconds = 0;
    for (PlannedStage stage : stages) {
      if (stage.what() == What.COMPUTED && stage.seconds() == null) {
        return null;
      }
      seconds += stage.seconds() == null ? 0 : stage.seconds();
    }
    return seconds;
  }

  /** Whoever computes what is not computed here does not matter. */
  private static String token(
      String id, RerunWish wish, Resolved resolved, List<PlannedStage> stages) {
    List<String> parts = new ArrayList<>();
    parts.addAll(List.of(id, wish.verb(), wish.from(), resolved.specification().canonical()));
    for (PlannedStage stage : stages) {
      parts.add("%s %s %s".formatted(stage.name(), stage.key(), stage.what() == What.COMPUTED));
    }
    return Digest.of(parts).substring(0, TOKEN);
  }

  private LaunchWish launch(
      ExperimentDocument before, RerunWish wish, String launchedBy, String key) {
    return new LaunchWish(
        before.specification(),
        wish.sets(),
        false,
        launchedBy,
        key,
        new ExperimentOrigin(wish.verb(), before.id(), wish.from(), salts(before)));
  }

  /** What is mixed into the keys of its stages, by their names. */
  private static Map<String, String> salts(ExperimentDocument experiment) {
    @Nullable ExperimentOrigin origin = experiment.origin();
    Map<String, String> salts = new LinkedHashMap<>();
    for (ExperimentStage stage : experiment.stages()) {
      String salt =
          origin == null
              ? experiment.salt()
              : origin.salts().getOrDefault(stage.name(), experiment.salt());
      if (!salt.isEmpty()) {
        salts.put(stage.name(), salt);
      }
    }
    return salts;
  }

  private static List<String> names(RerunPlan plan) {
    return plan.stages().stream()
        .filter(stage -> stage.what() != What.CHECKED)
        .map(PlannedStage::name)
        .toList();
  }

  private ExperimentDocument experiment(String id) {
    return store
        .experiments()
        .find(Objects.requireNonNull(id))
        .orElseThrow(
            () -> new NotFound("there is no experiment %s. Run: espalier list".formatted(id)));
  }
}
