package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.fake.FakeStore;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.LastFirst;
import dev.espalier.workflows.fake.Script;
import io.temporal.api.enums.v1.EventType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole experiment, and what its digest does and does not depend on. */
@Timeout(120)
final class ExperimentTest {
  @Test
  void runsTheWholePlanAndEndsWithADigest() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest =
          laboratory.complete(
              Laboratory.inputFor(
                  "whole", SpecificationReader.preset("te-nas", "quick", Map.of()), ""));

      FakeStore store = laboratory.store();
      assertThat(digest).matches("[0-9a-f]{64}");
      assertThat(store.state("whole")).isEqualTo("COMPLETED");
      assertThat(store.stages("whole"))
          .containsExactly(
              Map.entry("prepare-data", "COMPLETED"),
              Map.entry("prune", "COMPLETED"),
              Map.entry("evaluate", "COMPLETED"),
              Map.entry("report", "COMPLETED"));
      assertThat(store.events("whole"))
          .containsSubsequence("started", "prune/round/0", "prune/round/1", "prune/round/2");
      assertThat(laboratory.script().answers("train/")).isEqualTo(4);
      assertThat(store.result("whole")).isEqualTo(store.stageResult("whole", "report"));
      assertThat(store.result("whole")).contains("\"architecture\":\"|");
      assertThat(store.differences()).isEmpty();
    }
  }

  @Test
  void hasAnotherDigestWithAnotherTableOfTheSameNameAndSearchesNothingAnew() {
    try (Laboratory laboratory = new Laboratory()) {
      Map<String, String> tabled = Map.of("evaluation.table", "mine");
      String digest = laboratory.complete(input("first", tabled));
      assertThat(laboratory.complete(input("again", tabled))).isEqualTo(digest);
      int measured = laboratory.script().answers("measure/");
      int reported = laboratory.script().answers("report");

      laboratory.script().importTable("other numbers");

      assertThat(laboratory.complete(input("second", tabled))).isNotEqualTo(digest);
      assertThat(laboratory.script().answers("measure/")).isEqualTo(measured);
      assertThat(laboratory.script().answers("report")).isEqualTo(reported + 1);
      laboratory.script().importTable("a table");
      assertThat(laboratory.complete(input("third", tabled))).isEqualTo(digest);
    }
  }

  @Test
  void namesNoTableWhereNoneIsAskedFor() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("plain"));
      assertThat(laboratory.store().stageResult("plain", "prepare-data")).doesNotContain("table");
    }
  }

  @Test
  void keepsItsHistoryShort() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("short"));

      assertThat(laboratory.history("short", "").getEvents()).hasSizeLessThan(200);
      assertThat(laboratory.history("short", "prune").getEvents()).hasSizeLessThan(500);
      assertThat(laboratory.history("short", "prune").getEvents())
          .allMatch(event -> event.getSerializedSize() < 20_000);
    }
  }

  @Test
  void hasTheSameDigestWhateverIsLostOnTheWay() {
    String undisturbed = undisturbed();
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().loseFirstAttempts(1);
      laboratory.store().loseEveryNoteOnce();

      assertThat(laboratory.complete(input("lost"))).isEqualTo(undisturbed);
      Script script = laboratory.script();
      assertThat(script.begun()).hasSize(2 * script.answered().size());
      assertThat(laboratory.store().differences()).isEmpty();
    }
  }

  @Test
  void hasTheSameDigestWhenUnitsEndInTheOppositeOrder() {
    try (Laboratory laboratory = new Laboratory();
        Laboratory other = new Laboratory()) {
      String digest = laboratory.complete(input("forward"));
      List<String> answered = laboratory.script().answered();

      other.script().before("measure/", LastFirst.ofGroups(answered));
      other.script().before("train/", LastFirst.ofGroups(answered));
      assertThat(other.complete(input("backward"))).isEqualTo(digest);
      assertThat(other.script().answered()).isNotEqualTo(answered);
    }
  }

  @Test
  void hasTheSameDigestWithOneSlotAndWithMany() {
    String undisturbed = undisturbed();
    try (Laboratory laboratory = Laboratory.withSlots(1)) {
      assertThat(laboratory.complete(input("one-slot"))).isEqualTo(undisturbed);
    }
  }

  @Test
  void hasTheSameDigestWhenTemporalForgetsItAndItIsStartedAgain() {
    FakeStore store = new FakeStore();
    String undisturbed = undisturbed();
    try (Laboratory before = new Laboratory(store)) {
      Gate gate = before.script().before("train/2", Gate.reachedBy(1));
      before.client().start(input("forgotten"));
      gate.awaitReached();
    }
    try (Laboratory after = new Laboratory(store)) {
      assertThat(after.complete(input("forgotten"))).isEqualTo(undisturbed);
      assertThat(after.script().answers("measure/")).isZero();
      assertThat(store.differences()).isEmpty();
    }
  }

  @Test
  void hasAnotherDigestWithAnotherSeed() {
    String undisturbed = undisturbed();
    try (Laboratory laboratory = new Laboratory()) {
      assertThat(laboratory.complete(input("other-seed", Map.of("seed", "7"))))
          .isNotEqualTo(undisturbed);
    }
  }

  @Test
  void reusesWhatAnotherExperimentHasFinished() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("first"));
      List<String> before = laboratory.script().answered();

      assertThat(laboratory.complete(input("second"))).isEqualTo(digest);
      assertThat(laboratory.store().stages("second"))
          .containsExactly(
              Map.entry("prepare-data", "COMPLETED"), // cheap: looked up afresh by each experiment
              Map.entry("prune", "REUSED"),
              Map.entry("evaluate", "REUSED"),
              Map.entry("report", "REUSED"));
      List<String> all = laboratory.script().answered();
      assertThat(all.subList(before.size(), all.size())).containsExactly("data");
    }
  }

  @Test
  void reusesTheStagesBeforeTheOneThatAChangedSettingConcerns() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("first"));

      assertThat(laboratory.complete(input("longer", Map.of("evaluation.epochs", "9"))))
          .isNotEqualTo(digest);
      assertThat(laboratory.store().stages("longer"))
          .containsEntry("prune", "REUSED")
          .containsEntry("evaluate", "COMPLETED")
          .containsEntry("report", "COMPLETED");
    }
  }

  @Test
  void computesEverythingAfreshUnderASaltAndComesToTheSameDigest() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("first"));
      int measured = laboratory.script().answers("measure/");

      ExperimentInput salted =
          new ExperimentInput(
              "fresh",
              input("fresh").specification(),
              input("fresh").numericClass(),
              "",
              "fresh",
              input("fresh").plan(),
              Laboratory.STORE,
              null,
              null,
              null);
      assertThat(laboratory.complete(salted)).isEqualTo(digest);
      assertThat(laboratory.script().answers("measure/")).isEqualTo(2 * measured);
      assertThat(laboratory.store().stageKey("fresh", "prune"))
          .isNotEqualTo(laboratory.store().stageKey("first", "prune"));
    }
  }

  @Test
  void computesAfreshFromAStageOnUnderTheSaltsOfItsStages() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("first"));
      int measured = laboratory.script().answers("measure/");
      int trained = laboratory.script().answers("train/");
      assertThat(trained).isPositive();

      ExperimentInput salted =
          new ExperimentInput(
              "again",
              input("again").specification(),
              input("again").numericClass(),
              "",
              "",
              input("again").plan(),
              Laboratory.STORE,
              null,
              null,
              Map.of("evaluate", "again", "report", "again"));
      assertThat(laboratory.complete(salted)).isEqualTo(digest);
      assertThat(laboratory.store().stages("again"))
          .containsEntry("prune", "REUSED")
          .containsEntry("evaluate", "COMPLETED")
          .containsEntry("report", "COMPLETED");
      assertThat(laboratory.script().answers("measure/")).isEqualTo(measured);
      assertThat(laboratory.script().answers("train/")).isEqualTo(2 * trained);
    }
  }

  @Test
  void doesNotRunTwiceUnderOneId() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.script().before("data", Gate.reachedBy(1));
      assertThat(laboratory.client().start(input("once"))).isPresent();
      gate.awaitReached();

      assertThat(laboratory.client().start(input("once"))).isEmpty();
      gate.open();
      laboratory.awaitEnd("once");
      assertThat(
              laboratory.events(
                  "once", "", EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED))
          .isEqualTo(4);
    }
  }

  private static String undisturbed() {
    try (Laboratory laboratory = new Laboratory()) {
      return laboratory.complete(input("undisturbed"));
    }
  }
}
