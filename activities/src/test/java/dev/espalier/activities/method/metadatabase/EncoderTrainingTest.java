package dev.espalier.activities.method.metadatabase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.features.EncoderTrainee;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.store.CheckpointRef;
import dev.espalier.workflows.method.metadatabase.EncoderActivities;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.TrainEncoder;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The encoder of a meta-database")
final class EncoderTrainingTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "train-encoder", Workbench.STAGE_KEY);
  private static final MetaDatabaseSpecification SPECIFICATION =
      MetaDatabaseSpecification.preset(
          "quick",
          Map.of(
              "search.classes", "2",
              "features.images", "32",
              "features.batch", "8",
              "features.epochs", "2"));

  @TempDir private Path folder;

  private static TrainedEncoder trained(Workbench workbench) {
    return workbench
        .activities(EncoderActivities.class, new EncoderWork(workbench.equipment()))
        .train(new TrainEncoder(REF, SPECIFICATION.canonical(), workbench.dataDigest()));
  }

  @Test
  void goesOnFromACheckpointWithTheSameBits() throws IOException {
    TrainedEncoder undisturbed;
    try (Workbench workbench = new Workbench(folder.resolve("one"))) {
      undisturbed = trained(workbench);
      assertThat(workbench.store().artifacts().exists(String.valueOf(undisturbed.weights())))
          .isTrue();
    }
    try (Workbench workbench = new Workbench(folder.resolve("other"))) {
      TrainingOutcome outcome =
          ImageTraining.train(
              workbench.equipment().torch(),
              workbench.datasets().load(workbench.dataDigest()),
              EncoderTrainee.SMALL,
              EncoderTraining.recipe(SPECIFICATION.features()),
              SPECIFICATION.seed(),
              "encoder",
              null,
              new Amid());
      assertThat(outcome).isInstanceOf(TrainingOutcome.Stopped.class);
      String unit = REF.stageKey() + "/encoder";
      String checkpoint =
          workbench
              .store()
              .artifacts()
              .put(((TrainingOutcome.Stopped) outcome).checkpoint(), CheckpointRef.KIND, Map.of());
      workbench.store().units().begin(unit, "killed", "worker");
      workbench.store().units().checkpoint(unit, "killed", new CheckpointRef(checkpoint, 1, 1));
      workbench.store().units().end(unit, "killed", "stopped");

      assertThat(trained(workbench)).isEqualTo(undisturbed);
      assertThat(
              workbench.store().measurements().series(REF.stageKey(), 0, "loss-encoder").points())
          .as("the first epoch was not trained again")
          .hasSize(1);
    }
  }

  /** Stops amid the second epoch. */
  private static final class Amid implements TrainingMonitor {
    private int steps;
    private boolean second;

    @Override
    public boolean stop() {
      return second && steps > 0;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {
      steps++;
    }

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return false;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(EpochMetrics done) {
      second = true;
      steps = 0;
    }
  }
}
