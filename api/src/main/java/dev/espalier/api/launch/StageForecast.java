package dev.espalier.api.launch;

import dev.espalier.api.launch.RerunPlan.Change;
import dev.espalier.api.launch.RerunPlan.PlannedStage;
import dev.espalier.api.launch.RerunPlan.What;
import dev.espalier.api.view.StagesOf;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.experiment.StageChain;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each stage of an experiment that follows another one: the keys that its workflow
 * will come to, as far as they can be known before it runs.
 */
final class StageForecast {
  private final Store store;
  private final StagesOf former;
  private final String from;
  private final Map<String, String> salts;
  private final List<PlannedStage> planned = new ArrayList<>();
  private boolean anew;

  /**
   * @param from the stage from which all is computed anew; empty for none
   * @param salts of the stages before it, by name; the others have none
   */
  StageForecast(Store store, ExperimentDocument before, String from, Map<String, String> salts) {
    this.store = store;
    this.former = new StagesOf(store, before);
    this.from = from;
    this.salts = salts;
  }

  List<PlannedStage> stages(Specification specification, String numericClass) {
    Map<String, String> made = new LinkedHashMap<>();
    for (Prerequisite first : Plans.prerequisites(specification)) {
      StageChain chain =
          new StageChain(first.method(), first.specification(), numericClass, first.plan(), made);
      String last = all(chain);
      made.put(last, chain.lastHandedOn());
    }
    all(
        new StageChain(
            "", specification.canonical(), numericClass, Plans.of(specification.method()), made));
    return List.copyOf(planned);
  }

  /** All stages of a chain; the name of the last one. */
  private String all(StageChain chain) {
    for (StagePlan stage : chain.plan()) {
      next(chain, stage);
    }
    return planned.getLast().name();
  }

  private void next(StageChain chain, StagePlan stage) {
    String name = chain.nameOf(stage);
    anew |= name.equals(from);
    StageKey key = chain.key(stage);
    String unsalted = key.digest();
    String recorded = StageKey.salted(unsalted, salts.getOrDefault(name, ""));
    @Nullable StageDocument before = former.named(name).orElse(null);
    @Nullable StageDocument found =
        anew || !stage.shared() ? null : store.stages().find(recorded).orElse(null);
    What what = what(stage, found);
    List<Change> changes =
        before == null ? List.of() : KeyChanges.between(before.specification(), key);
    planned.add(
        new PlannedStage(
            name,
            stage.kind(),
            unsalted,
            what,
            changes,
            what == What.AWAITED && found != null ? found.owner() : null,
            what == What.REUSED || before == null || before.seconds() == 0
                ? null
                : before.seconds()));
    chain.add(stage, unsalted, recorded, result(chain, unsalted, found, before));
  }

  private static What what(StagePlan stage, @Nullable StageDocument found) {
    if (!stage.shared()) {
      return What.CHECKED;
    }
    if (found == null) {
      return What.COMPUTED;
    }
    if (found.result() != null) {
      return What.REUSED;
    }
    return found.owner().isEmpty() ? What.COMPUTED : What.AWAITED;
  }

  /** What it has come to, or will: the same key has the same result; else what can be foreseen. */
  private String result(
      StageChain chain,
      String unsalted,
      @Nullable StageDocument found,
      @Nullable StageDocument before) {
    if (found != null && found.result() != null) {
      return found.result();
    }
    if (before != null
        && before.result() != null
        && Digest.sha256(before.specification()).equals(unsalted)) {
      return before.result();
    }
    Specification specification = Json.read(chain.specification(), Specification.class);
    Map<String, String> foreseen = new LinkedHashMap<>();
    digest(specification.data()).ifPresent(digest -> foreseen.put("dataDigest", digest));
    digest(specification.table()).ifPresent(digest -> foreseen.put("tableDigest", digest));
    return Json.write(foreseen);
  }

  private Optional<String> digest(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : store.datasets().byName(name).map(DatasetDocument::digest);
  }
}
