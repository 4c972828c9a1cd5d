package dev.espalier.api.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.replay.ReplayReport.OfStage;
import dev.espalier.api.replay.ReplayReport.What;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.Specification;
import dev.espalier.store.Excerpt;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.store.WorkerDocument;
import dev.espalier.workflows.stage.StageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes stages of an experiment a second time, each from its recorded inputs: by the real
 * workflow and the real activities, in an installation of its own. As long as all comes out as it
 * is recorded, one goes on; after a difference another one begins with what is recorded.
 */
final class Recomputation {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration TELL = Duration.ofSeconds(10);
  private static final Duration ALIVE = Duration.ofSeconds(30);

  private final Store recorded;
  private final ExperimentDocument experiment;
  private final List<RecordedStage> stages;
  private final ScratchPlace scratch;
  private final Consumer<String> say;
  private final List<OfStage> outcomes = new ArrayList<>();

  /**
   * @param stages all that have a result, in order
   */
  Recomputation(
      Store recorded,
      ExperimentDocument experiment,
      List<RecordedStage> stages,
      ScratchPlace scratch,
      Consumer<String> say) {
    this.recorded = recorded;
    this.experiment = experiment;
    this.stages = stages;
    this.scratch = scratch;
    this.say = say;
  }

  /** What came of the stages from the first to the last of these places. */
  List<OfStage> between(int first, int last) throws InterruptedException {
    int next = first;
    while (next <= last) {
      RecordedStage stage = stages.get(next);
      if (stage.another() != null) {
        outcomes.add(notCompared(stage, stage.another()));
        next++;
      } else {
        next = from(next, last);
      }
    }
    return outcomes;
  }

  /**
   * As far as one installation comes.
   *
   * @return the place of the next stage
   */
  private int from(int first, int last) throws InterruptedException {
    try (ScratchPlace.Running running = scratch.begin(store -> fill(store, first))) {
      Optional<String> other = otherArithmetic(running.store());
      if (other.isPresent()) {
        for (int place = first; place <= last; place++) {
          outcomes.add(notCompared(stages.get(place), other.get()));
        }
        return last + 1;
      }
      for (int place = first; place <= last; place++) {
        RecordedStage stage = stages.get(place);
        if (stage.another() != null) {
          return place;
        }
        OfStage outcome = await(running.store(), stage);
        outcomes.add(outcome);
        say.accept(inWords(outcome));
        if (outcome.what() != What.SAME) {
          return place + 1;
        }
      }
      return last + 1;
    }
  }

  private static String inWords(OfStage outcome) {
    return outcome.recomputed() == null
        ? "%s: %s".formatted(outcome.stage(), outcome.words())
        : "%s: recorded %s, now %s%s"
            .formatted(
                outcome.stage(),
                outcome.recorded().substring(0, 16),
                outcome.recomputed().substring(0, 16),
                outcome.words().isEmpty() ? "" : ": " + outcome.words());
  }

  private static OfStage notCompared(RecordedStage stage, String why) {
    return new OfStage(stage.name(), What.NOT_COMPARED, stage.digest(), null, why);
  }

  /** Why none of the workers there can come to the recorded bits; empty if one can. */
  private Optional<String> otherArithmetic(Store store) {
    String wanted = RecordedStage.numericClass(experiment);
    List<String> there =
        store.workers().seenWithin(ALIVE).stream().map(WorkerDocument::numericClass).toList();
    return there.contains(wanted)
        ? Optional.empty()
        : Optional.of(
            "recorded with the arithmetic %s, and this machine has %s: bits cannot be compared"
                .formatted(wanted, there.isEmpty() ? "none" : String.join(" and ", there)));
  }

  private OfStage await(Store store, RecordedStage stage) throws InterruptedException {
    say.accept(
        "%s: computing it again; the first time it took %s"
            .formatted(stage.name(), Replays.inWords(stage.seconds())));
    long told = System.nanoTime();
    String toldOf = "";
    while (true) {
      StageDocument now = store.stages().find(stage.key()).orElse(null);
      if (now != null && now.result() != null) {
        return compared(store, stage, now.result());
      }
      Optional<String> trouble = trouble(store);
      if (trouble.isPresent()) {
        return notCompared(stage, "it failed when it was computed again: " + trouble.get());
      }
      String far = now == null ? "" : far(now.progress());
      if (!far.equals(toldOf) && System.nanoTime() - told > TELL.toNanos()) {
        say.accept("%s: %s".formatted(stage.name(), far));
        told = System.nanoTime();
        toldOf = far;
      }
      Thread.sleep(POLL);
    }
  }

  private Optional<String> trouble(Store store) {
    return store
        .experiments()
        .find(experiment.id())
        .filter(found ->
            found.state() == ExperimentState.NEEDS_ATTENTION
                || found.state() == ExperimentState.CANCELLED)
        .map(found -> String.valueOf(found.reason()));
  }

  private static String far(StageProgress progress) {
    return progress.total() == 0
        ? ""
        : "round %d of %d, %d of %d %s"
            .formatted(
                progress.round() + 1,
                Math.max(1, progress.rounds()),
                progress.done(),
                progress.total(),
                progress.unit());
  }

  private OfStage compared(Store store, RecordedStage stage, String result) {
    boolean same = result.equals(stage.result());
    return new OfStage(
        stage.name(),
        same ? What.SAME : What.DIFFERENT,
        stage.digest(),
        Digest.sha256(result),
        same ? "" : FirstDifference.inWords(recorded, store, stage.key(), stage.result(), result));
  }

  /** What the stages from a place on are computed from, and the experiment, as if just launched. */
  private void fill(Store store, int first) {
    Excerpt excerpt = new Excerpt(recorded, store, this::recordedAs);
    data(excerpt);
    excerpt.named(experiment.specification());
    for (RecordedStage stage : stages.subList(0, first)) {
      excerpt.stage(stage.key());
    }
    for (RecordedStage stage : stages) { // what they call data, models and tables
      excerpt.dataNamed(stage.result());
    }
    store
        .experiments()
        .insert(
            new ExperimentDocument(
                experiment.id(),
                experiment.specification(),
                ExperimentState.QUEUED,
                ExperimentState.RUNNING,
                null,
                experiment.numericClass(),
                experiment.dataDigest(),
                null,
                null,
                experiment.salt(),
                experiment.created(),
                null,
                null,
                experiment.stages().stream()
                    .map(each ->
                        new ExperimentStage(each.name(), each.kind(), "", StageState.PENDING, null))
                    .toList(),
                "espalier replay",
                experiment.version(),
                0,
                experiment.origin()));
  }

  /** Names mean what they meant then. */
  private void data(Excerpt excerpt) {
    Specification specification = Json.read(experiment.specification(), Specification.class);
    for (RecordedStage stage : stages) {
      JsonNode said = Json.read(stage.result(), JsonNode.class);
      String data = said.path("dataDigest").asText("");
      String table = said.path("tableDigest").asText("");
      if (!data.isEmpty() && data.equals(experiment.dataDigest())) {
        excerpt.called(specification.data(), data);
      }
      if (!table.isEmpty() && !specification.table().isEmpty()) {
        excerpt.called(specification.table(), table);
      }
    }
    Set<String> names = new LinkedHashSet<>();
    texts(Json.read(experiment.specification(), JsonNode.class), names);
    excerpt.called(names);
  }

  private static void texts(JsonNode node, Set<String> into) {
    if (node.isTextual() && !node.asText().isBlank()) {
      into.add(node.asText());
    }
    node.forEach(each -> texts(each, into));
  }

  /** Trainings of an experiment that reuses nothing are recorded under salted ids. */
  private List<String> recordedAs(String id) {
    Set<String> salts = new HashSet<>();
    salts.add(experiment.salt());
    @Nullable ExperimentOrigin origin = experiment.origin();
    if (origin != null) {
      salts.addAll(origin.salts().values());
    }
    Set<String> ids = new LinkedHashSet<>();
    ids.add(id);
    salts.forEach(salt -> ids.add(StageKey.salted(id, salt)));
    return List.copyOf(ids);
  }
}
