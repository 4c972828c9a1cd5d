package dev.espalier.activities.evaluation;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.evaluation.program.ProgramTraining;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.RungOutcome;
import dev.espalier.learning.training.Trainee;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.learning.training.TrainingResult;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.TrainingActivities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains networks from checkpoint to checkpoint, or looks their accuracy up where a table is named;
 * an evaluation is recorded once, for all experiments.
 */
public final class NetworkTrainingActivities implements TrainingActivities {
  private final Store store;
  private final UnitsOfWork units;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final LoadedDatasets datasets;
  private final LookedUp tables;
  private final Supernets supernets;

  public NetworkTrainingActivities(Equipment equipment) {
    this.store = equipment.store();
    this.units = equipment.units();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
    this.datasets = equipment.datasets();
    this.tables = new LookedUp(store);
    this.supernets = new Supernets(store);
  }

  @Override
  public TrainedArchitecture train(TrainArchitecture asked) {
    TrainArchitecture request = asked.byValue();
    UnitName unit =
        new UnitName(
            request.ref(),
            unitOf(request.recordId()),
            "ImageTraining %s".formatted(request.architecture()));
    return units.attempt(
        unit,
        new Task<>(
            request,
            TrainedArchitecture.class,
            Objects.requireNonNull(request.attemptsWithoutProgress())),
        attempt -> {
          TrainedArchitecture trained =
              recorded(request)
                  .orElseGet(() -> record(request, unit, judge(request, unit, attempt)));
          finished(request, unit);
          return trained;
        });
  }

  private Judgement judge(TrainArchitecture request, UnitName unit, Attempt attempt) {
    if (request.table() != null) {
      return tables.accuracy(
          request.table(), request.tableDigest(), request.policy(), request.architecture());
    }
    Checkpoints checkpoints = new Checkpoints(store, metrics, unit, attempt);
    TrainingWatch watch =
        new TrainingWatch(store, metrics, request, attempt, checkpoints, epochsToCount(request));
    if (Objects.requireNonNull(request.recipe()).own().isAsked()) {
      return Judgement.of(
          new ProgramTraining(
                  store, datasets, request, lastEpoch(request), attempt, checkpoints, watch)
              .run(newest(request, checkpoints)),
          lastEpoch(request) == request.recipe().epochs());
    }
    return switch (trainInTurn(request, newest(request, checkpoints), watch, attempt)) {
      case TrainingOutcome.Finished(TrainingResult result) -> Judgement.of(result);
      case RungOutcome.Reached reached -> {
        watch.keep(reached.checkpoint());
        yield Judgement.of(reached);
      }
      case TrainingOutcome.Stopped stopped -> {
        watch.keep(stopped.checkpoint());
        throw new Stopped();
      }
    };
  }

  /** The epochs that are the stage's progress; 0 where its trainings are. */
  private static int epochsToCount(TrainArchitecture request) {
    return Boolean.TRUE.equals(request.countsEpochs())
        ? Objects.requireNonNull(request.recipe()).epochs()
        : 0;
  }

  private RungOutcome trainInTurn(
      TrainArchitecture request,
      byte @Nullable [] checkpoint,
      TrainingWatch watch,
      Attempt attempt) {
    TrainingRecipe recipe = TrainingRecipe.of(Objects.requireNonNull(request.recipe()));
    List<Object> shape =
        List.of(
            Objects.requireNonNull(request.network()),
            request.dataDigest(),
            recipe.batch(),
            recipe.imageSize());
    try (TrainingMemory.Turn turn = TrainingMemory.ofProcess().turn(shape, attempt::orStop)) {
      watch.during(turn);
      return train(request, checkpoint, watch);
    }
  }

  private RungOutcome train(
      TrainArchitecture request, byte @Nullable [] checkpoint, TrainingWatch watch) {
    ImageDataset data = datasets.load(request.dataDigest());
    TrainingRecipe recipe = TrainingRecipe.of(Objects.requireNonNull(request.recipe()));
    long seed = Objects.requireNonNull(request.seed());
    String training = Objects.requireNonNullElse(request.training(), request.evaluationId());
    return ImageTraining.trainTo(
        lastEpoch(request),
        torch,
        data,
        trainee(request, recipe),
        recipe,
        seed,
        training,
        checkpoint,
        watch);
  }

  private static int lastEpoch(TrainArchitecture request) {
    int stop = Objects.requireNonNullElse(request.stopAfterEpoch(), 0);
    return stop == 0 ? Objects.requireNonNull(request.recipe()).epochs() : stop;
  }

  /** A fresh network, or one that begins with weights that are cut out of a supernet. */
  private Trainee trainee(TrainArchitecture request, TrainingRecipe recipe) {
    NetworkSettings network = Objects.requireNonNull(request.network());
    SearchSpace space = network.space();
    Architecture architecture = space.parse(request.architecture());
    return network.supernet().isEmpty()
        ? NetworksBySpace.of(space).trainee(network, architecture, recipe.imageSize())
        : supernets.of(space, network.supernet()).trainee(network, architecture);
  }

  /** The newest checkpoint of this training, else the one that the rung before has left. */
  private static byte @Nullable [] newest(TrainArchitecture request, Checkpoints checkpoints) {
    byte[] own = checkpoints.newest();
    return own == null && request.continues() != null
        ? checkpoints.newest(unitOf(request.continues()))
        : own;
  }

  /** The unit of work of a training, whose checkpoints are kept under this name. */
  public static String unitOf(String recordId) {
    return "train/" + recordId;
  }

  private Optional<TrainedArchitecture> recorded(TrainArchitecture request) {
    return store
        .evaluations()
        .find(request.recordId())
        .filter(found -> found.artifacts().stream().allMatch(store.artifacts()::isWhole))
        .map(evaluation -> trained(request, evaluation));
  }

  private TrainedArchitecture record(
      TrainArchitecture request, UnitName unit, Judgement judgement) {
    List<String> weights =
        judgement
            .weights()
            .map(bytes ->
                store
                    .artifacts()
                    .put(
                        bytes,
                        "weights",
                        Map.of("architecture", request.architecture(), "format", "safetensors")))
            .stream()
            .toList();
    EvaluationDocument evaluation =
        new EvaluationDocument(
            request.recordId(),
            request.space(),
            request.architecture(),
            request.dataDigest(),
            request.protocol(),
            Objects.requireNonNull(request.seed()),
            judgement.metrics(),
            weights,
            0,
            torch.numericClass(),
            Instant.now());
    Recorded recorded = store.evaluations().record(evaluation);
    switch (recorded) {
      case NEW -> {}
      case SAME -> units.repeated(unit);
      case DIFFERENT ->
          units.nondeterminism(
              request.ref().experimentId(), request.ref().stage(), request.evaluationId());
    }
    return recorded(request).orElseGet(() -> trained(request, evaluation));
  }

  private static TrainedArchitecture trained(
      TrainArchitecture request, EvaluationDocument evaluation) {
    return new TrainedArchitecture(
        request.evaluationId(),
        Objects.requireNonNull(evaluation.metrics().get(Judgement.VALIDATION)),
        evaluation.metrics().get(Judgement.TEST),
        evaluation.metrics().get(Judgement.LOSS),
        evaluation.artifacts().stream().findFirst().orElse(null));
  }

  /**
   * Counts the training once for its stage, be it done now or found. A training that went to its
   * end needs its checkpoints no more.
   */
  private void finished(TrainArchitecture request, UnitName unit) {
    if (Objects.requireNonNullElse(request.stopAfterEpoch(), 0) == 0) {
      store.units().discardCheckpoints(unit.id());
      if (request.continues() != null) {
        store.units().discardCheckpoints(unitOf(request.continues()));
      }
    }
    int round = Objects.requireNonNullElse(request.round(), 0);
    Recorded first =
        store
            .measurements()
            .record(request.ref().stageKey(), 0, "trained-" + request.evaluationId(), "{}");
    if (first == Recorded.NEW) {
      int epochs = epochsToCount(request);
      if (epochs > 0) {
        store.stages().progress(request.ref().stageKey(), TrainingWatch.progress(epochs, epochs));
      } else {
        store.stages().advance(request.ref().stageKey(), round, 1);
      }
      metrics.candidates(request.ref().stage(), 1);
    }
  }
}
