package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.DamagedDocument;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Inspection;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.experiment.ExperimentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at all that a store holds has found.
 *
 * @param documents how many were read, and matched their checksums unless a problem says otherwise
 * @param artifacts how many were read, of so many {@code bytes}
 * @param completed how many completed experiments had their digests computed again
 */
record StoreVerification(
    long documents, long artifacts, long bytes, int completed, List<Problem> problems) {

  /** The fields of stage results that name artifacts. */
  private static final Set<String> ARTIFACT_FIELDS =
      Set.of("weights", "model", "rows", "architectures");

  StoreVerification {
    problems = List.copyOf(problems);
  }

  /**
   * Something that is not as it was written.
   *
   * @param subject what it is about
   * @param remedy what to do
   */
  record Problem(String subject, String what, String remedy) {}

  /** Reads everything, and changes nothing. */
  static StoreVerification of(Store store, Home home) {
    Search search = new Search(store, home);
    Inspection inspection = store.inspect();
    inspection.faults().forEach(search::fault);
    int completed = 0;
    for (ExperimentSummary each : store.experiments().list()) {
      search.experiment(each.id());
      completed += each.state() == ExperimentState.COMPLETED ? 1 : 0;
    }
    store.datasets().list().forEach(search::dataset);
    return new StoreVerification(
        inspection.documents(),
        inspection.artifacts(),
        inspection.bytes(),
        completed,
        search.problems);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Read %,d documents, %,d artifacts (%,d bytes) and %,d completed experiments: %s"
            .formatted(
                documents,
                artifacts,
                bytes,
                completed,
                problems.isEmpty()
                    ? "all is as it was written"
                    : problems.size() == 1 ? "1 problem" : problems.size() + " problems"));
    for (Problem problem : problems) {
      lines.add("");
      lines.add(problem.subject() + ": " + problem.what());
      lines.add("  " + problem.remedy());
    }
    return lines;
  }

  /** The problems found so far. */
  private static final class Search {
    private final Store store;
    private final Home home;
    private final List<Problem> problems = new ArrayList<>();

    Search(Store store, Home home) {
      this.store = store;
      this.home = home;
    }

    void fault(Inspection.Fault fault) {
      add(
          "%s of %s".formatted(fault.id(), fault.collection()),
          fault.what(),
          switch (fault.collection()) {
            case "experiments", "datasets", "datasetNames", "models", "modelNames" -> fromACopy();
            case "artifacts" -> makeAgain();
            case "events" -> "These entries of the log are lost; everything else goes on.";
            default ->
                "It counts as missing, and whatever needs it makes it again. To have it back as it was: "
                    + fromACopy();
          });
    }

    private String fromACopy() {
      return ("end espalier up if it runs, then move the file away: mv %s %s.damaged. "
              + "The next command goes on from its newest copy in %s. From a MongoDB, restore a backup.")
          .formatted(home.storeFile(), home.storeFile(), home.storeFile().resolveSibling("copies"));
    }

    private static String makeAgain() {
      return "It counts as missing: a run that needs it makes it again. "
          + "Run the experiment's specification again: espalier run";
    }

    void experiment(String id) {
      try {
        ExperimentDocument experiment = store.experiments().find(id).orElseThrow();
        store.experiments().kept(id).forEach((name, sha) -> artifact(id, name, sha));
        List<StageDocument> stages = stages(experiment);
        stages.forEach(stage -> artifacts(id, stage));
        if (experiment.state() == ExperimentState.COMPLETED) {
          digest(experiment, stages);
        }
      } catch (DamagedDocument damaged) {
        add(id, "a document of it is damaged, see there: " + damaged.id(), fromACopy());
      }
    }

    /**
     * The stages that have their results, in their order; one that should have and has not is a
     * problem.
     */
    private List<StageDocument> stages(ExperimentDocument experiment) {
      List<StageDocument> found = new ArrayList<>();
      for (ExperimentStage stage : experiment.stages()) {
        if (stage.key().isEmpty() || !stage.state().hasResult()) {
          continue;
        }
        Optional<StageDocument> stored =
            store.stages().find(stage.key()).filter(each -> each.result() != null);
        if (stored.isEmpty()) {
          add(
              experiment.id(),
              "the result of stage %s is missing".formatted(stage.name()),
              makeAgain());
        }
        stored.ifPresent(found::add);
      }
      return found;
    }

    private void artifacts(String id, StageDocument stage) {
      named(Json.read(Objects.requireNonNull(stage.result()), JsonNode.class))
          .forEach(sha -> artifact(id, "what stage %s has made".formatted(stage.kind()), sha));
    }

    private static List<String> named(JsonNode result) {
      List<String> named = new ArrayList<>();
      for (String field : ARTIFACT_FIELDS) {
        result.findValues(field).stream()
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .forEach(named::add);
      }
      return named;
    }

    private void digest(ExperimentDocument experiment, List<StageDocument> stages) {
      if (stages.size() < experiment.stages().size()) {
        return; // a stage is missing, which was said
      }
      ExperimentDigest digest =
          new ExperimentDigest(
              experiment.specification(),
              Objects.requireNonNullElse(experiment.numericClass(), ""));
      for (int i = 0; i < stages.size(); i++) {
        StageDocument stage = stages.get(i);
        digest.add(
            experiment.stages().get(i).name(),
            Digest.sha256(stage.specification()),
            Objects.requireNonNull(stage.result()));
      }
      String computed = digest.digest(Objects.requireNonNullElse(experiment.dataDigest(), ""));
      if (!computed.equals(experiment.digest())) {
        add(
            experiment.id(),
            "its digest is recorded as %s, but its stages give %s"
                .formatted(experiment.digest(), computed),
            "Its result is not to be trusted. Run its specification again: espalier run; or "
                + fromACopy());
      }
    }

    void dataset(DatasetDocument dataset) {
      if (!store.artifacts().exists(dataset.artifact())) {
        add(
            "data set " + dataset.name(),
            "its bytes (artifact %s) are missing or corrupt".formatted(dataset.artifact()),
            "Fetch or import it again: espalier data fetch %s".formatted(dataset.name()));
      }
    }

    private void artifact(String id, String what, String sha) {
      if (!store.artifacts().exists(sha)) {
        add(id, "%s (artifact %s) is missing or corrupt".formatted(what, sha), makeAgain());
      }
    }

    private void add(String subject, String what, String remedy) {
      problems.add(new Problem(subject, what, remedy));
    }
  }
}
