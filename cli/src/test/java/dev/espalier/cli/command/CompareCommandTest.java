package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.view.Examples;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.ExperimentDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String OTHER_SEED = "te-nas-8seed1";

  @TempDir private Path folder;

  @BeforeEach
  void fillStore() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredExamples.insertAll(access.store());
      access
          .store()
          .experiments()
          .insert(
              ExperimentDocument.launched(
                  OTHER_SEED,
                  SpecificationReader.preset(
                          "te-nas", "quick", Map.of("seed", "1", "search.repeats", "7"))
                      .canonical(),
                  "",
                  List.of(),
                  Examples.START,
                  "bob",
                  "0.1.0"));
      access.store().experiments().updateState(OTHER_SEED, ExperimentState.RUNNING, null);
      access
          .store()
          .experiments()
          .complete(OTHER_SEED, "ab".repeat(32), CanonicalJson.of(Examples.result()));
    }
  }

  @Test
  void saysWhoHasWhichOfTheSettingsThatDiffer() {
    Shell.Result result =
        new Shell(folder).run("compare", "7f3", OTHER_SEED, StoredExamples.RUNNING);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("search.repeats", "    7  " + OTHER_SEED, "found", Examples.CELL)
        .contains(StoredExamples.COMPLETED + ", " + StoredExamples.RUNNING)
        .doesNotContain("evaluation.epochs", "version of the program");
  }

  @Test
  void saysThatNothingDiffers() {
    Shell.Result result =
        new Shell(folder).run("compare", StoredExamples.COMPLETED, StoredExamples.FAILED);

    assertThat(result.out()).contains("their settings are the same");
  }

  @Test
  void printsAllAsJson() {
    Shell.Result result =
        new Shell(folder).run("compare", StoredExamples.COMPLETED, OTHER_SEED, "--json");

    JsonNode compared = Json.read(result.out(), JsonNode.class);
    assertThat(compared.path("experiments")).hasSize(2);
    assertThat(compared.at("/experiments/0/architecture").asText()).isEqualTo(Examples.CELL);
    assertThat(compared.path("settings").valueStream().map(each -> each.path("setting").asText()))
        .containsExactly("search.repeats", "seed");
  }

  @Test
  void needsTwo() {
    assertThat(new Shell(folder).run("compare", "7f3").status()).isEqualTo(2);
    Shell.Result twice = new Shell(folder).run("compare", "7f3", StoredExamples.COMPLETED);
    assertThat(twice.status()).isEqualTo(2);
    assertThat(twice.err()).contains("from 2 to 50 different experiments");
  }
}
