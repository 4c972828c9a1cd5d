package dev.espalier.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.api.replay.ReplayReport.What;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.WorkerDocument;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.experiment.StageChain;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A finished experiment, replayed in places whose workers come to what each test says. */
@Timeout(120)
final class ReplaysTest {
  private static final String ID = "te-nas-proof1";

  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Map<String, String> results = new LinkedHashMap<>();
  private final List<List<String>> inputs = new ArrayList<>();
  private String weights = "";
  private String data = "";

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    data = store.artifacts().put("pictures".getBytes(StandardCharsets.UTF_8), "dataset", Map.of());
    weights =
        store.artifacts().put("weights".getBytes(StandardCharsets.UTF_8), "weights", Map.of());
    store
        .datasets()
        .put(
            new DatasetDocument(
                data,
                "shapes",
                DatasetDocument.IMAGES,
                new DatasetContents(3, 32, 32, 10, List.of(), 400, 100),
                data,
                "cifar10",
                Instant.now()));
    record();
  }

  @AfterEach
  void close() {
    store.close();
    embedded.close();
  }

  /** As its workflow would have recorded it. */
  private void record() {
    String specification =
        SpecificationReader.preset("te-nas", "quick", Map.of("data", "shapes")).canonical();
    List<StagePlan> plan = Plans.of("te-nas");
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                ID,
                specification,
                "",
                plan.stream()
                    .map(each ->
                        new ExperimentStage(each.name(), each.kind(), "", StageState.PENDING, null))
                    .toList(),
                Instant.now(),
                "ada",
                "0.1.0"));
    store.experiments().setNumericClass(ID, NumericClasses.CPU);
    store.experiments().setDataDigest(ID, data);
    results.put("prepare-data", "{\"dataDigest\":\"%s\"}".formatted(data));
    results.put("prune", "{\"kept\":[1,2.5,3]}");
    results.put("evaluate", "{\"weights\":\"%s\"}".formatted(weights));
    results.put("report", "{\"accuracy\":0.5}");
    StageChain chain = new StageChain("", specification, NumericClasses.CPU, plan, Map.of());
    for (StagePlan stage : plan) {
      StageKey key = chain.key(stage);
      String recorded = StageKey.salted(key.digest(), stage.shared() ? "" : ID);
      String result = Objects.requireNonNull(results.get(stage.name()));
      keys.put(stage.name(), recorded);
      store
          .stages()
          .claim(
              StageDocument.running(recorded, stage.kind(), CanonicalJson.of(key), List.of()), ID);
      store.stages().finish(recorded, result, 10, Map.of());
      store
          .experiments()
          .updateStage(
              ID,
              new ExperimentStage(
                  stage.name(), stage.kind(), recorded, StageState.COMPLETED, null));
      chain.add(stage, key.digest(), recorded, result);
    }
    store.measurements().record(key("prune"), 0, "round", "{\"loss\":1.5}");
    store.measurements().record(key("prune"), 1, "round", "{\"loss\":0.25}");
    ExperimentDocument experiment = experiment();
    store
        .experiments()
        .complete(ID, RecordedDigest.of(experiment, RecordedStage.of(store, experiment)), "{}");
  }

  private String key(String stage) {
    return Objects.requireNonNull(keys.get(stage));
  }

  /**
   * An installation whose workers are quick: what they come to is there at once.
   *
   * @param others results that differ, by stage
   */
  private ScratchPlace computing(String numericClass, Map<String, String> others) {
    return fill -> new QuickInstallation(fill, numericClass, others);
  }

  /** One of these. */
  private final class QuickInstallation implements ScratchPlace.Running {
    private final EmbeddedStore file;
    private final Store scratch;

    QuickInstallation(Consumer<Store> fill, String numericClass, Map<String, String> others) {
      try {
        file = EmbeddedStore.open(Files.createTempDirectory(folder, "scratch").resolve("s.h2"), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      scratch = Store.connect(file.uri());
      fill.accept(scratch);
      inputs.add(
          keys.entrySet().stream()
              .filter(each -> scratch.stages().find(each.getValue()).isPresent())
              .map(Map.Entry::getKey)
              .toList());
      scratch
          .workers()
          .report(new WorkerDocument("w", "cpu", "cpu", numericClass, 1, "here", 1, Instant.now()));
      scratch.measurements().record(key("prune"), 0, "round", "{\"loss\":1.5}");
      scratch
          .measurements()
          .record(
              key("prune"),
              1,
              "round",
              others.containsKey("prune") ? "{\"loss\":0.125}" : "{\"loss\":0.25}");
      keys.forEach((stage, key) -> {
        scratch.stages().claim(StageDocument.running(key, stage, "{}", List.of()), ID);
        scratch
            .stages()
            .finish(
                key,
                Objects.requireNonNull(others.getOrDefault(stage, results.get(stage))),
                1,
                Map.of());
      });
    }

    @Override
    public Store store() {
      return scratch;
    }

    @Override
    public void close() {
      scratch.close();
      file.close();
    }
  }

  private ReplayReport replay(ScratchPlace place, String stage) throws InterruptedException {
    return new Replays(store, place, _ -> {}).replay(experiment(), stage, Map.of(), "ada");
  }

  private static What what(ReplayReport report, String stage) {
    return report.stages().stream()
        .filter(each -> each.stage().equals(stage))
        .map(ReplayReport.OfStage::what)
        .findFirst()
        .orElseThrow();
  }

  private Event last() {
    return store.events().list(ID).getLast();
  }

  @Test
  void findsTheSameBitsAndTheSameDigestAndSaysWhoAsked() throws InterruptedException {
    ReplayReport report = replay(computing(NumericClasses.CPU, Map.of()), "");

    assertThat(report.isSame()).isTrue();
    assertThat(report.stages()).hasSize(4).allMatch(each -> each.what() == What.SAME);
    assertThat(report.digest()).isEqualTo(experiment().digest());
    assertThat(inputs).as("nothing but data to begin with").containsExactly(List.of());
    assertThat(last().kind()).isEqualTo("replayed");
    assertThat(last().by()).isEqualTo("ada");
    assertThat(last().text())
        .contains("no history is left", "4 of 4 stages recomputed to the recorded bits");
  }

  @Test
  void namesTheRoundAndTheValueThatDifferAndComputesTheRestFromWhatIsRecorded()
      throws InterruptedException {
    ReplayReport report =
        replay(computing(NumericClasses.CPU, Map.of("prune", "{\"kept\":[1,2.75,3]}")), "");

    assertThat(report.isSame()).isFalse();
    assertThat(what(report, "prune")).isEqualTo(What.DIFFERENT);
    assertThat(report.stages().get(1).words()).isEqualTo("round 2, loss: recorded 0.25, now 0.125");
    assertThat(what(report, "evaluate")).isEqualTo(What.SAME);
    assertThat(inputs).containsExactly(List.of(), List.of("prepare-data", "prune"));
    assertThat(report.digest()).isNull();
    assertThat(last().kind()).isEqualTo("replayed-different");
  }

  @Test
  void namesTheValueOfAResultThatHasNoRounds() throws InterruptedException {
    ReplayReport report =
        replay(computing(NumericClasses.CPU, Map.of("report", "{\"accuracy\":0.75}")), "report");

    assertThat(report.stages()).hasSize(1);
    assertThat(report.stages().getFirst().words()).isEqualTo("accuracy: recorded 0.5, now 0.75");
    assertThat(inputs).containsExactly(List.of("prepare-data", "prune", "evaluate"));
  }

  @Test
  void takesAlongWhatTheInputsNameAndTheData() throws InterruptedException {
    ScratchPlace place =
        fill -> {
          QuickInstallation running = new QuickInstallation(fill, NumericClasses.CPU, Map.of());
          assertThat(running.store().artifacts().isWhole(weights)).isTrue();
          assertThat(running.store().artifacts().isWhole(data)).isTrue();
          assertThat(running.store().datasets().byName("shapes").orElseThrow().digest())
              .isEqualTo(data);
          return running;
        };

    assertThat(replay(place, "report").isSame()).isTrue();
  }

  @Test
  void saysPlainlyThatOtherArithmeticCannotBeCompared() throws InterruptedException {
    ReplayReport report = replay(computing("cuda/other/torch-2.7.1", Map.of()), "");

    assertThat(report.isSame()).isTrue();
    assertThat(report.stages()).allMatch(each -> each.what() == What.NOT_COMPARED);
    assertThat(report.stages().getFirst().words())
        .contains(NumericClasses.CPU, "cuda/other/torch-2.7.1", "bits cannot be compared");
  }

  @Test
  void reportsHistoriesThatTodaysCodeCannotTake() throws InterruptedException {
    store.archiving().begin(ID);
    String sha =
        store
            .artifacts()
            .put(
                "{}".getBytes(StandardCharsets.UTF_8),
                "history",
                Map.of("workflow", "espalier/x/experiment/" + ID + "/prune"));
    store.archiving().keep(ID, "a-run", sha);

    ReplayReport report = replay(computing(NumericClasses.CPU, Map.of()), "prune");

    assertThat(report.isSame()).isFalse();
    assertThat(report.histories().getFirst().workflow()).isEqualTo("prune");
  }

  @Test
  void refusesStagesThatAreNotThereAndExperimentsThatHaveRecordedNothing() {
    ScratchPlace place = computing(NumericClasses.CPU, Map.of());
    assertThatThrownBy(() -> replay(place, "prun"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Did you mean prune?");
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                "te-nas-empty1",
                experiment().specification(),
                "",
                experiment().stages().stream()
                    .map(each ->
                        new ExperimentStage(each.name(), each.kind(), "", StageState.PENDING, null))
                    .toList(),
                Instant.now(),
                "ada",
                "0.1.0"));
    ExperimentDocument empty = store.experiments().find("te-nas-empty1").orElseThrow();
    assertThat(empty.state()).isEqualTo(ExperimentState.QUEUED);
    Replays replays = new Replays(store, place, _ -> {});
    assertThatThrownBy(() -> replays.replay(empty, "", Map.of(), "ada"))
        .hasMessageContaining("nothing to replay");
    assertThatThrownBy(() -> replays.scope(empty, "prune")).hasMessageContaining("no result yet");
  }

  private ExperimentDocument experiment() {
    return store.experiments().find(ID).orElseThrow();
  }
}
