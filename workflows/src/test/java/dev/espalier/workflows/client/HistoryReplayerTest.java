package dev.espalier.workflows.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.workflows.replay.ChangedStages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replays without any server, as a command does them. */
@Timeout(120)
final class HistoryReplayerTest {
  private static String history(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(
            HistoryReplayerTest.class.getResourceAsStream("/histories/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void takesManyHistoriesOneAfterTheOther() throws IOException {
    try (HistoryReplayer replayer = new HistoryReplayer()) {
      for (String name :
          new String[] {
            "Experiment/v1-undisturbed.json",
            "Experiment/v1-cancelled.json",
            "Experiment/v1-paused.json",
            "EvaluateStage/v1-undisturbed.json",
            "EvaluateStage/v1-undisturbed.json"
          }) {
        assertThat(replayer.replay(history(name))).as(name).isEmpty();
      }
    }
  }

  @Test
  void saysWhereChangedCodeGoesAnotherWay() throws IOException {
    try (HistoryReplayer replayer = new HistoryReplayer(ChangedStages.PreparesNothing.class)) {
      assertThat(replayer.replay(history("PrepareDataStage/v1-undisturbed.json")))
          .hasValueSatisfying(words -> assertThat(words).contains("TMPRL1100"));
    }
  }

  @Test
  void refusesWhatIsNoHistory() {
    try (HistoryReplayer replayer = new HistoryReplayer()) {
      assertThat(replayer.replay("{\"events\": 3}")).isPresent();
    }
  }
}
