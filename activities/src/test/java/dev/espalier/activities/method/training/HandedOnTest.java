package dev.espalier.activities.method.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.experiment.BookkeepingActivities;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.store.StageDocument;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.method.training.TrainResult;
import dev.espalier.workflows.method.training.TrainingReportActivities;
import dev.espalier.workflows.method.training.TrainingReportActivities.TrainReportRequest;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.HandedOn;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large result of a stage reaches later ones as the key under which it is recorded. */
final class HandedOnTest {
  private static final String KEY = "train-key";

  @TempDir private Path folder;

  @Test
  void isReadFromTheStoreByWhoeverNeedsIt() throws IOException {
    try (Workbench workbench = new Workbench(folder)) {
      String result = result(500);
      workbench
          .store()
          .stages()
          .claim(
              StageDocument.running(KEY, EvaluateStage.TYPE, "{}", List.of()),
              Workbench.EXPERIMENT);
      workbench.store().stages().finish(KEY, result, 1, Map.of());
      String handedOn = HandedOn.of(result, KEY);
      assertThat(handedOn).hasSizeLessThan(100);

      assertThat(
              workbench
                  .activities(
                      Bookkeeping.class,
                      new BookkeepingActivities(workbench.store(), workbench.metrics()))
                  .stageResult(KEY))
          .isEqualTo(result);
      TrainResult report = report(workbench, handedOn);
      assertThat(report).isEqualTo(report(workbench, result));
      assertThat(report.trainLoss()).isEqualTo(0.5);
    }
  }

  @Test
  void isHandedOnItselfWhereItIsSmall() {
    String result = result(1);
    assertThat(HandedOn.of(result, KEY)).isEqualTo(result);
    assertThat(HandedOn.key(result)).isEmpty();
  }

  private static TrainResult report(Workbench workbench, String trained) {
    TrainSpecification specification =
        TrainSpecification.preset("quick", Map.of("architecture", "skip|sep3|dil5|skip|sep7"));
    return workbench
        .activities(TrainingReportActivities.class, new TrainingReporting(workbench.equipment()))
        .report(
            new TrainReportRequest(
                new StageRef(Workbench.EXPERIMENT, "report", Workbench.STAGE_KEY),
                specification.canonical(),
                workbench.dataDigest(),
                trained));
  }

  private static String result(int trainings) {
    Evaluated one =
        new Evaluated(
            "e".repeat(64),
            "skip|sep3|dil5|skip|sep7",
            EvaluateResult.FOUND,
            0L,
            0.5,
            0.5,
            0.5,
            "f".repeat(64));
    return CanonicalJson.of(new EvaluateResult(Collections.nCopies(trainings, one)));
  }
}
