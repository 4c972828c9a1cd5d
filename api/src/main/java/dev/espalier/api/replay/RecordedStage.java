package dev.espalier.api.replay;

import dev.espalier.api.launch.KeyChanges;
import dev.espalier.api.view.StagesOf;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.experiment.StageChain;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A finished stage of an experiment.
 *
 * @param key under which it is recorded
 * @param unsalted its key in the experiment's digest
 * @param result JSON
 * @param seconds that it took
 * @param another why today's code would compute something else, in words; null if it would not
 */
record RecordedStage(
    String name,
    String key,
    String unsalted,
    String result,
    double seconds,
    @Nullable String another) {

  String digest() {
    return Digest.sha256(result);
  }

  /** Those of an experiment in order, up to the first that has no result. */
  static List<RecordedStage> of(Store store, ExperimentDocument experiment) {
    Specification specification = Json.read(experiment.specification(), Specification.class);
    StagesOf documents = new StagesOf(store, experiment);
    List<RecordedStage> recorded = new ArrayList<>();
    Map<String, String> made = new LinkedHashMap<>();
    for (Prerequisite first : Plans.prerequisites(specification)) {
      StageChain chain =
          new StageChain(
              first.method(), first.specification(), numericClass(experiment), first.plan(), made);
      if (!add(experiment, chain, documents, recorded)) {
        return recorded;
      }
      made.put(recorded.getLast().name(), chain.lastHandedOn());
    }
    StageChain own =
        new StageChain(
            "",
            experiment.specification(),
            numericClass(experiment),
            Plans.of(specification.method()),
            made);
    add(experiment, own, documents, recorded);
    return recorded;
  }

  static String numericClass(ExperimentDocument experiment) {
    return Objects.requireNonNullElse(experiment.numericClass(), NumericClasses.CPU);
  }

  /** Whether all of the chain's have a result. */
  private static boolean add(
      ExperimentDocument experiment,
      StageChain chain,
      StagesOf documents,
      List<RecordedStage> recorded) {
    for (StagePlan plan : chain.plan()) {
      String name = chain.nameOf(plan);
      StageDocument stage = documents.named(name).orElse(null);
      String result = stage == null ? null : stage.result();
      if (stage == null || result == null) {
        return false;
      }
      StageKey today = chain.key(plan);
      String salt = plan.shared() ? salt(experiment, name) : experiment.id();
      boolean same = StageKey.salted(today.digest(), salt).equals(stage.key());
      recorded.add(
          new RecordedStage(
              name,
              stage.key(),
              today.digest(),
              result,
              stage.seconds(),
              same ? null : another(stage, today)));
      chain.add(plan, today.digest(), stage.key(), result);
    }
    return true;
  }

  private static String salt(ExperimentDocument experiment, String stage) {
    ExperimentOrigin origin = experiment.origin();
    return origin == null || origin.salts().isEmpty()
        ? experiment.salt()
        : origin.salts().getOrDefault(stage, experiment.salt());
  }

  private static String another(StageDocument stage, StageKey today) {
    String changes =
        KeyChanges.between(stage.specification(), today).stream()
            .map(each -> "%s %s, now %s".formatted(each.setting(), each.before(), each.after()))
            .collect(Collectors.joining("; "));
    return "this version computes another one%s"
        .formatted(changes.isEmpty() ? "" : " (%s)".formatted(changes));
  }
}
