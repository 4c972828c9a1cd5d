package dev.espalier.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.IdlePart;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.experiment.ExperimentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code espalier verify}, and {@code list} beside it, on a home whose file is changed. */
class VerifyCommandTest {
  private static final String SPECIFICATION =
      "{\"data\":\"cifar10\",\"method\":\"te-nas\",\"seed\":7,\"space\":\"nas-bench-201\"}";
  private static final String STAGE = "{\"kind\":\"EvaluateStage\",\"seed\":7}";

  @TempDir private Path folder;
  private String weights = "";

  @BeforeEach
  void fillStore() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      weights =
          access.store().artifacts().put("weights-1".getBytes(ISO_8859_1), "weights", Map.of());
      complete(access.store(), "te-nas-aaaaaa", "0.731");
      complete(access.store(), "te-nas-bbbbbb", "0.752");
    }
  }

  /** An experiment of one stage, with the digest that its workflow would have computed. */
  private void complete(Store store, String id, String accuracy) {
    String result = "{\"accuracy\":%s,\"weights\":\"%s\"}".formatted(accuracy, weights);
    String key = Digest.sha256(id);
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id, SPECIFICATION, id, List.of(), Instant.EPOCH, "ada", "0.1.0"));
    store.stages().claim(StageDocument.running(key, "EvaluateStage", STAGE, List.of()), id);
    store.stages().finish(key, result, 1, Map.of());
    store
        .experiments()
        .updateStage(
            id, new ExperimentStage("evaluate", "EvaluateStage", key, StageState.COMPLETED, null));
    store.experiments().setNumericClass(id, "cpu");
    store.experiments().setDataDigest(id, "data");
    ExperimentDigest digest = new ExperimentDigest(SPECIFICATION, "cpu");
    digest.add("evaluate", Digest.sha256(STAGE), result);
    store.experiments().complete(id, digest.digest("data"), result);
  }

  private Shell.Result run(String... arguments) {
    return new Shell(folder).run(arguments);
  }

  private void change(String text, String to) throws IOException {
    Path file = new Home(folder).storeFile();
    String bytes = Files.readString(file, ISO_8859_1);
    assertThat(bytes).contains(text);
    Files.writeString(file, bytes.replace(text, to), ISO_8859_1);
  }

  @Test
  void aStoreAsItWasWrittenHasNoProblems() {
    Shell.Result result = run("verify");

    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("1 artifacts (9 bytes)")
        .contains("2 completed experiments")
        .contains("all is as it was written");
  }

  @Test
  void aChangedDigitIsToldWithWhatToDoAndTheOthersAreListed() throws IOException {
    change("0.731", "0.931");

    Shell.Result verified = run("verify", "--json");
    Shell.Result listed = run("list");
    Shell.Result shown = run("show", "te-nas-aaaaaa");

    assertThat(verified.status()).isEqualTo(1);
    JsonNode problems = Json.read(verified.out(), JsonNode.class).path("problems");
    assertThat(problems.findValuesAsText("subject"))
        .contains("te-nas-aaaaaa of experiments")
        .anyMatch(subject -> subject.endsWith(" of stages"));
    assertThat(problems.findValuesAsText("remedy")).anyMatch(text -> text.contains("mv "));
    assertThat(listed.out()).contains("bbbbbb").doesNotContain("0.931");
    assertThat(listed.err()).contains("te-nas-aaaaaa of experiments is damaged");
    assertThat(shown.status()).isEqualTo(1);
    assertThat(shown.out() + shown.err()).doesNotContain("0.931").contains("espalier verify");
  }

  @Test
  void aFlippedBitInAnArtifactIsToldWithTheExperimentsThatNameIt() throws IOException {
    change("weights-1", "weights-0");

    Shell.Result verified = run("verify");

    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.out()).contains(weights + " of artifacts").contains("makes it again");
  }

  @Test
  void aListOfAServedStoreTellsThatACopyHasTakenItsPlace() throws IOException {
    Home home = new Home(folder);
    Files.write(home.storeFile(), new byte[100]);
    try (EmbeddedStore served = EmbeddedStore.open(home.storeFile(), 0);
        IdlePart api = IdlePart.of(home)) {
      StoreAccessTest.record(home, served.uri(), api);

      Shell.Result listed = run("list");

      assertThat(listed.out()).contains("aaaaaa");
      assertThat(listed.err()).contains("Its newest copy").contains("Lost is what was recorded");
    }
  }

  @Test
  void aDigestThatItsStagesDoNotGiveIsTold() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      access
          .store()
          .experiments()
          .insert(
              ExperimentDocument.launched(
                  "te-nas-cccccc", SPECIFICATION, "", List.of(), Instant.EPOCH, "ada", "0.1.0"));
      access.store().experiments().complete("te-nas-cccccc", "f".repeat(64), "{}");
    }

    Shell.Result verified = run("verify");

    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.out()).contains("te-nas-cccccc: its digest is recorded as ffff");
  }

  @Test
  void whatCannotBeWrittenIsReadAllTheSame() throws IOException {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredExamples.insertAll(access.store());
    }
    Path run = new Home(folder).run();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createFile(run); // in the place of the folder, so that nothing can be written there

    String id = StoredExamples.COMPLETED;
    assertThat(run("list").out()).contains("aaaaaa").contains(id);
    assertThat(run("logs", id).out()).contains("Launched by ada");
    assertThat(run("export", id, "--format", "json").out()).contains(id);
    Shell.Result shown = run("show", id);
    assertThat(shown.status()).as(shown.err()).isZero();
  }
}
