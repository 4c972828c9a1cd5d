package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.search.canonical.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting experiments of a home where nothing runs. */
class DeleteCommandTest {
  private static final Pattern PLAN = Pattern.compile("--plan ([0-9a-f]{16})");

  @TempDir private Path folder;

  @BeforeEach
  void fillStore() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredExamples.insertAll(access.store());
    }
  }

  private Shell.Result run(String... arguments) {
    return new Shell(folder).run(arguments);
  }

  @Test
  void saysFirstWhatItWouldFreeAndThenDoesExactlyThat() throws Exception {
    Path report = new Home(folder).report(StoredExamples.COMPLETED);
    Files.writeString(report, "a report");
    Shell.Result first = run("delete", "7f3");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("frees  2 stages, 0 evaluations", "Nothing was deleted");
    Matcher plan = PLAN.matcher(first.out());
    assertThat(plan.find()).isTrue();
    assertThat(run("list").out()).contains(StoredExamples.COMPLETED);

    assertThat(run("delete", "7f3", "--plan", "0000000000000000").status()).isEqualTo(2);
    Shell.Result second = run("delete", "7f3", "--plan", plan.group(1));

    assertThat(second.out()).contains("te-nas-7f3k2m was deleted by");
    assertThat(run("list").out()).doesNotContain(StoredExamples.COMPLETED);
    assertThat(report).doesNotExist();
    Shell.Result again = run("delete", StoredExamples.COMPLETED);
    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("was deleted by", "there is nothing left to do");
    assertThat(run("du", "--deleted").out()).contains("te-nas-7f3k2m was deleted by");
  }

  @Test
  void whatIsNotOverStaysAndTheCommandThatEndsItIsTold() {
    for (String id : new String[] {StoredExamples.RUNNING, StoredExamples.FAILED}) {
      Shell.Result refused = run("delete", id);
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err()).contains("To end it: espalier cancel " + id);
    }
  }

  @Test
  void duSaysWhatTakesHowMuch() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      String sha = access.store().artifacts().put(new byte[1234], "weights", Map.of());
      access.store().experiments().keep(StoredExamples.COMPLETED, "weights", sha);
    }
    assertThat(run("du").out())
        .contains("IN THE HOME", "store", "named by nothing", "weights 1.23 kB")
        .containsPattern("te-nas-7f3k2m +1.23 kB +0 B");
    JsonNode found = Json.read(run("du", "--json").out(), JsonNode.class);
    assertThat(found.at("/store/total").asLong()).isEqualTo(1234);
    assertThat(found.at("/home/store").asLong()).isPositive();
  }
}
