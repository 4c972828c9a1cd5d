package dev.espalier.activities.method.metatrain;

import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaEpoch;
import dev.espalier.learning.meta.MetaMonitor;
import dev.espalier.learning.meta.MetaRecipe;
import dev.espalier.learning.meta.MetaTraining;
import dev.espalier.learning.meta.MetaTrainingTask;
import dev.espalier.learning.meta.ModelKind;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.method.metatrain.MetaModelSettings;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.store.StageProgress;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult.Point;
import dev.espalier.workflows.method.metatrain.MetaFitResult.Run;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.FitMetaModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains one model, from its newest checkpoint on. */
final class MetaFitting {
  /** So many epochs of a training are shown. */
  private static final int MOST_POINTS = 200;

  private static final double FACTOR = 0.1;

  private final Equipment equipment;
  private final MetaDatabaseFiles files;

  MetaFitting(Equipment equipment) {
    this.equipment = equipment;
    this.files = new MetaDatabaseFiles(equipment.store(), equipment.datasets());
  }

  Run run(
      MetaTrainSpecification specification, FitMetaModel request, UnitName unit, Attempt attempt) {
    boolean generates = request.model().equals("generator");
    MetaModelSettings settings = generates ? specification.generator() : specification.predictor();
    Checkpoints checkpoints =
        new Checkpoints(equipment.store(), equipment.metrics(), unit, attempt);
    Watch watch = new Watch(request, attempt, checkpoints, settings, specification);
    try (MetaTraining training =
        MetaTraining.of(
            task(specification, request, settings, generates), checkpoints.newest(), watch)) {
      if (!training.run()) {
        checkpoints.keep(
            training.checkpoint(), training.position().epoch(), training.position().step());
        throw new Stopped();
      }
      int best = Math.max(1, training.bestEpoch());
      return new Run(
          request.number(),
          equipment
              .store()
              .artifacts()
              .put(training.best(), "weights", Map.of("format", "safetensors")),
          best,
          settings.epochs(),
          merit(training.epochs().get(best - 1), generates),
          curve(training.epochs(), best));
    }
  }

  MetaTrainingTask task(
      MetaTrainSpecification specification,
      FitMetaModel request,
      MetaModelSettings settings,
      boolean generates) {
    FoundTasks tasks = request.tasks();
    GraphCoding coding = GraphCodings.of(specification.space());
    MetaDatabase database = files.database(generates ? tasks.generator() : tasks.predictor());
    FeatureFile features = files.features(tasks.features());
    return new MetaTrainingTask(
        equipment.torch(),
        coding,
        generates ? ModelKind.GENERATOR : ModelKind.PREDICTOR,
        new ModelSizes(tasks.width(), settings.latent(), settings.hidden()),
        new MetaRecipe(
            settings.epochs(),
            settings.batch(),
            settings.learningRate(),
            FACTOR,
            settings.patience()),
        TaskRows.of(database, features, coding, MetaSplit.TRAIN, settings.perClass()),
        TaskRows.of(database, features, coding, MetaSplit.VALIDATION, settings.perClass()),
        seed(specification.seed(), request.number()));
  }

  /** The experiment's own for the first training. */
  private static long seed(long seed, int number) {
    return number == 0 ? seed : RandomStream.of(seed, "metad2a", "training", number).nextLong();
  }

  /** As the training chooses; without validation rows by the loss of its steps. */
  static double merit(MetaEpoch epoch, boolean generates) {
    Map<String, Double> validation = epoch.validation();
    @Nullable Double chosen = validation.get(generates ? "loss" : "pearson");
    return chosen == null ? -epoch.loss() : generates ? -chosen : chosen;
  }

  /** Evenly over all epochs, the best and the last among them. */
  private static List<Point> curve(List<MetaEpoch> epochs, int best) {
    int step = Math.max(1, Math.ceilDiv(epochs.size(), MOST_POINTS));
    List<Point> curve = new ArrayList<>();
    for (MetaEpoch each : epochs) {
      if (each.epoch() % step == 0 || each.epoch() == best || each.epoch() == epochs.size()) {
        curve.add(
            new Point(
                each.epoch(),
                each.loss(),
                each.learningRate(),
                each.validation().isEmpty() ? null : each.validation()));
      }
    }
    return curve;
  }

  /** Keeps checkpoints, shows the curves, and tells when to stop. */
  private final class Watch implements MetaMonitor {
    private final FitMetaModel request;
    private final Attempt attempt;
    private final Checkpoints checkpoints;
    private final int epochs;
    private final boolean alone;

    Watch(
        FitMetaModel request,
        Attempt attempt,
        Checkpoints checkpoints,
        MetaModelSettings settings,
        MetaTrainSpecification specification) {
      this.request = request;
      this.attempt = attempt;
      this.checkpoints = checkpoints;
      this.epochs = settings.epochs();
      this.alone = specification.search().seeds() == 1;
    }

    @Override
    public boolean stop() {
      return attempt.stop();
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {}

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return checkpoints.due();
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {
      checkpoints.keep(whole, epoch, step);
    }

    @Override
    public void epoch(MetaEpoch done) {
      series("loss", done.epoch(), done.loss());
      if (!done.validation().isEmpty()) {
        series("validation", done.epoch(), merit(done, request.model().equals("generator")));
      }
      if (alone) { // else the trainings that are done are the progress
        equipment
            .store()
            .stages()
            .progress(
                request.ref().stageKey(),
                new StageProgress(0, 1, done.epoch(), epochs, "epochs", null));
      }
      equipment
          .metrics()
          .gauge(
              "espalier.loss",
              "Training loss of the last finished epoch",
              request.ref().experimentId(),
              done.loss());
    }

    private void series(String name, int epoch, double value) {
      equipment
          .store()
          .measurements()
          .append(
              request.ref().stageKey(), 0, "%s-%d".formatted(name, request.number()), epoch, value);
    }
  }
}
