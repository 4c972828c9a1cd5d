package dev.espalier.activities.method.metadatabase;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.learning.features.EncoderTrainee;
import dev.espalier.learning.features.EncoderWeights;
import dev.espalier.learning.features.FeatureEncoder;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.learning.training.TrainingResult;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.metadatabase.FeatureSettings;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.store.StageProgress;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.TrainEncoder;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import java.util.Map;

/** Trains a residual network on all classes of the data, for its features. */
final class EncoderTraining {
  private static final String NAME = "encoder";

  private final Equipment equipment;

  EncoderTraining(Equipment equipment) {
    this.equipment = equipment;
  }

  TrainedEncoder run(
      MetaDatabaseSpecification specification,
      TrainEncoder request,
      UnitName unit,
      Attempt attempt) {
    FeatureSettings settings = specification.features();
    EncoderTrainee trainee = EncoderTrainee.SMALL;
    if (settings.width() != trainee.shape().features()) {
      throw new InvalidInput(
          "features.width is %,d, but the encoder that is trained has %,d: set it to %d, or import features"
              .formatted(settings.width(), trainee.shape().features(), trainee.shape().features()));
    }
    ImageDataset data = equipment.datasets().load(request.dataDigest());
    Checkpoints checkpoints =
        new Checkpoints(equipment.store(), equipment.metrics(), unit, attempt);
    Watch watch = new Watch(request, attempt, checkpoints, settings.epochs());
    TrainingOutcome outcome =
        ImageTraining.train(
            equipment.torch(),
            data,
            trainee,
            recipe(settings),
            specification.seed(),
            NAME,
            checkpoints.newest(),
            watch);
    return switch (outcome) {
      case TrainingOutcome.Finished(TrainingResult result) -> trained(trainee, data, result);
      case TrainingOutcome.Stopped stopped -> {
        watch.keep(stopped.checkpoint());
        throw new Stopped();
      }
    };
  }

  /** SGD with Nesterov momentum, flips and crops, as residual networks are usually trained. */
  static TrainingRecipe recipe(FeatureSettings settings) {
    int held = Math.max(1, settings.images() / 4); // the split's share: a fifth of all
    return TrainingRecipe.of(
        TrainingSettings.plain(
            new TrainingBasics(
                settings.epochs(),
                settings.batch(),
                settings.images(),
                held,
                held,
                settings.learningRate(),
                0.9,
                true,
                5e-4,
                0,
                true,
                FeatureEncoder.IMAGE_SIZE),
            OwnProgram.NONE));
  }

  private TrainedEncoder trained(EncoderTrainee trainee, ImageDataset data, TrainingResult result) {
    NetworkImages images = NetworkImages.of(data, FeatureEncoder.IMAGE_SIZE);
    byte[] weights =
        EncoderWeights.decode(NAME, result.weights())
            .normalisedBy(images.means(), images.deviations())
            .encode();
    String sha =
        equipment
            .store()
            .artifacts()
            .put(weights, "weights", Map.of("format", "safetensors", "network", NAME));
    return new TrainedEncoder(
        FeatureSettings.TRAINED,
        trainee.canonical(),
        sha,
        result.validationAccuracy(),
        result.testAccuracy());
  }

  /** Keeps checkpoints, shows the curve, and tells when to stop. */
  private final class Watch implements TrainingMonitor {
    private final String stageKey;
    private final Attempt attempt;
    private final Checkpoints checkpoints;
    private final int epochs;
    private int epoch;
    private int step;

    Watch(TrainEncoder request, Attempt attempt, Checkpoints checkpoints, int epochs) {
      this.stageKey = request.ref().stageKey();
      this.attempt = attempt;
      this.checkpoints = checkpoints;
      this.epochs = epochs;
    }

    @Override
    public boolean stop() {
      return attempt.stop();
    }

    @Override
    public void step(int newEpoch, int newStep, int stepsPerEpoch, double loss) {
      epoch = newEpoch;
      step = newStep;
    }

    @Override
    public boolean checkpointDue(int atEpoch, int atStep, int stepsPerEpoch) {
      return checkpoints.due();
    }

    @Override
    public void checkpoint(byte[] whole, int atEpoch, int atStep) {
      checkpoints.keep(whole, atEpoch, atStep);
    }

    void keep(byte[] whole) {
      checkpoint(whole, epoch, step);
    }

    @Override
    public void epoch(EpochMetrics done) {
      series("loss", done.epoch(), done.trainLoss());
      series("validation", done.epoch(), done.validationAccuracy());
      equipment
          .store()
          .stages()
          .progress(stageKey, new StageProgress(0, 1, done.epoch(), epochs, "epochs", null));
    }

    private void series(String name, int atEpoch, double value) {
      equipment.store().measurements().append(stageKey, 0, name + "-" + NAME, atEpoch, value);
    }
  }
}
