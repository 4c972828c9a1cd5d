package dev.espalier.learning.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.FeatureDropout;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingData.Batch;
import dev.espalier.learning.training.TrainingData.Evaluated;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network on image data, from the beginning or from a checkpoint.
 *
 * <p>Weights begin as PyTorch's default has them. A loss that is infinite or undefined ends the
 * training with {@link Diverged}; memory that the engine cannot get, with {@link
 * dev.espalier.search.failure.OutOfMemory}.
 */
final class NetworkTraining implements Trained, AutoCloseable {
  private static final int EVALUATION_BATCH = 250;

  private final Torch torch;
  private final Trainee trainee;
  private final TrainingRecipe recipe;
  private final long seed;
  private final String evaluation;
  private final String subject;
  private final TrainingMonitor monitor;
  private final TrainingData data;
  private final LearningRate learningRate;
  private final TrainableNetwork network;
  private final Sgd sgd;
  private final Descent descent;
  private TrainingState state;
  private int[] order = {};

  /** What a checkpoint must agree with. */
  private record Subject(
      String evaluation, String seed, JsonNode trainee, String data, JsonNode recipe) {}

  /** What is trained, on what, how, and with which draws. */
  record Task(
      Torch torch,
      ImageDataset dataset,
      Trainee trainee,
      TrainingRecipe recipe,
      long seed,
      String evaluation) {
    private String subject() {
      ObjectNode settings = (ObjectNode) Json.tree(recipe);
      if (recipe.refinements().equals(Refinements.NONE)) {
        settings.remove("refinements"); // so checkpoints from before there were any still fit
      }
      return Digest.of(
          new Subject(
              evaluation, Long.toString(seed), trainee.identity(), dataset.digest(), settings));
    }
  }

  /** Trains to the end, or until the monitor stops it. */
  static TrainingOutcome toTheEnd(
      Task task, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return guarded(task, checkpoint, monitor, NetworkTraining::toTheEnd);
  }

  /**
   * Trains until so many epochs of the recipe's are done, or the monitor stops it.
   *
   * @throws InvalidInput if the recipe has fewer epochs or the checkpoint is of a later one
   */
  static RungOutcome toEpoch(
      int epoch, Task task, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    if (epoch < 1 || epoch > task.recipe().epochs()) {
      throw new InvalidInput(
          "a rung must lie between 1 and %d epochs, those of the whole training, but was %d"
              .formatted(task.recipe().epochs(), epoch));
    }
    return guarded(task, checkpoint, monitor, training -> training.toEpoch(epoch));
  }

  private static <T extends RungOutcome> T guarded(
      Task task,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor,
      Function<NetworkTraining, T> run) {
    String subject = task.subject();
    @Nullable Checkpoint<TrainingState> from =
        checkpoint == null ? null : Checkpoint.decode(checkpoint, subject, TrainingState.class);
    return task.torch()
        .guarded(() -> {
          try (NetworkTraining training = open(task, subject, from, monitor)) {
            return run.apply(training);
          }
        });
  }

  private static NetworkTraining open(
      Task task,
      String subject,
      @Nullable Checkpoint<TrainingState> from,
      TrainingMonitor monitor) {
    TrainingData data = new TrainingData(task.dataset(), task.recipe(), task.seed());
    ParameterSource weights =
        from == null
            ? task.trainee()
                .start(
                    data.classes(),
                    ParameterSource.drawn(
                        Initialization.PYTORCH_DEFAULT, task.seed(), task.evaluation(), "weights"))
            : parameter -> from.network(parameter.name(), parameter.size());
    TrainableNetwork network =
        task.trainee()
            .network(
                task.torch(), data.classes(), weights, task.recipe().refinements().auxiliary());
    try {
      return new NetworkTraining(task, subject, from, monitor, data, network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private NetworkTraining(
      Task task,
      String subject,
      @Nullable Checkpoint<TrainingState> from,
      TrainingMonitor monitor,
      TrainingData data,
      TrainableNetwork network) {
    this.torch = task.torch();
    this.trainee = task.trainee();
    this.recipe = task.recipe();
    this.seed = task.seed();
    this.evaluation = task.evaluation();
    this.subject = subject;
    this.monitor = monitor;
    this.data = data;
    this.learningRate = new LearningRate(recipe, data.stepsPerEpoch());
    this.network = network;
    if (from != null) {
      network
          .buffers()
          .forEach((name, buffer) -> assign(buffer, from.network(name, buffer.size())));
    } else {
      trainee
          .startingStatistics()
          .forEach((name, values) ->
              assign(Objects.requireNonNull(network.buffers().get(name), name), values));
    }
    this.sgd =
        new Sgd(
            torch,
            network.parameters(),
            recipe,
            from == null ? Optimizer.Memory.NONE : from::values);
    this.descent = new Descent(torch, sgd, recipe.refinements().clipping());
    this.state = from == null ? TrainingState.START : from.state();
  }

  private TrainingOutcome toTheEnd() {
    if (!Loop.run(this, recipe.epochs(), monitor)) {
      return stopped();
    }
    OptionalDouble test = accuracy(data.test());
    return test.isEmpty()
        ? stopped()
        : new TrainingOutcome.Finished(
            new TrainingResult(test.getAsDouble(), state.epochs(), weights()));
  }

  private RungOutcome toEpoch(int last) {
    if (last == recipe.epochs()) {
      return toTheEnd();
    }
    if (state.epoch() > last || (state.epoch() == last && state.step() > 0)) {
      throw new InvalidInput(
          "the checkpoint is of epoch %d, beyond the rung at %d: continue from an earlier one"
              .formatted(state.epoch() + 1, last));
    }
    return Loop.run(this, last, monitor)
        ? new RungOutcome.Reached(state.epochs(), checkpoint())
        : stopped();
  }

  @Override
  public int stepsPerEpoch() {
    return data.stepsPerEpoch();
  }

  @Override
  public Position position() {
    return state.position();
  }

  @Override
  public void beginEpoch() {
    order = data.order(RandomStream.of(seed, evaluation, "order", state.epoch()));
  }

  @Override
  public double step() {
    Batch batch =
        data.trainBatch(
            order,
            state.step(),
            RandomStream.of(seed, evaluation, "augmentation", state.epoch(), state.step()));
    try (Scope _ = torch.recording()) {
      Outputs outputs =
          network.train(
              torch.tensor(batch.pixels(), batch.shape()), dropPath(), dropout()); // [b, classes]
      Tensor loss = TrainingLoss.of(torch, recipe, outputs, batch, data.classes()); // []
      double value = descent.step(loss, learningRate.at(stepsDone(position())));
      state = state.afterStep(value, batch.correct(outputs.logits().argMax(1)), batch.size());
      return value;
    }
  }

  @Override
  public Diverged diverged(double loss, Position at) {
    return new Diverged(
        "training %s: the loss is %s in epoch %d, step %d of %d (learning rate %s): lower evaluation.learningRate"
            .formatted(
                trainee.canonical(),
                loss,
                at.epoch() + 1,
                at.step() + 1,
                data.stepsPerEpoch(),
                learningRate.at(stepsDone(at))));
  }

  /** Validates. */
  @Override
  public boolean endEpoch() {
    OptionalDouble accuracy = accuracy(data.validation());
    if (accuracy.isEmpty()) {
      return false;
    }
    EpochMetrics metrics =
        new EpochMetrics(
            state.epoch() + 1,
            learningRate.at(stepsDone(position()) - 1),
            state.lossSum() / state.images(),
            (double) state.correct() / state.images(),
            accuracy.getAsDouble());
    state = state.afterEpoch(metrics);
    monitor.epoch(metrics);
    return true;
  }

  private DropPath dropPath() {
    return DropPath.drawn(
        torch,
        recipe.refinements().dropPathIn(state.epoch(), recipe.epochs()),
        RandomStream.of(seed, evaluation, "drop-path", state.epoch(), state.step()));
  }

  private FeatureDropout dropout() {
    return FeatureDropout.drawn(
        torch, RandomStream.of(seed, evaluation, "dropout", state.epoch(), state.step()));
  }

  private long stepsDone(Position at) {
    return (long) at.epoch() * data.stepsPerEpoch() + at.step();
  }

  /** The share of right answers with running statistics; empty if it was stopped. */
  private OptionalDouble accuracy(Evaluated images) {
    int correct = 0;
    for (int from = 0; from < images.count(); from += EVALUATION_BATCH) {
      if (monitor.stop()) {
        return OptionalDouble.empty();
      }
      Batch batch = images.batch(from, Math.min(images.count(), from + EVALUATION_BATCH));
      try (Scope _ = torch.inference()) {
        Tensor logits =
            network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.EVALUATE);
        correct += batch.correct(logits.argMax(1));
      }
    }
    return OptionalDouble.of((double) correct / images.count());
  }

  private TrainingOutcome stopped() {
    return new TrainingOutcome.Stopped(checkpoint());
  }

  @Override
  public byte[] checkpoint() {
    return Checkpoint.of(subject, state, arrays(), sgd).encode();
  }

  private byte[] weights() {
    Map<String, String> metadata =
        Map.of(
            trainee.kind(),
            trainee.canonical(),
            "evaluation",
            evaluation,
            "format",
            "espalier-weights/1");
    List<NamedArray> kept =
        arrays().stream()
            .filter(array -> !array.name().startsWith(TrainableNetwork.AUXILIARY))
            .toList();
    return Safetensors.of(new TreeMap<>(metadata), kept).encode();
  }

  private List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>();
    network.parameters().forEach((name, parameter) -> arrays.add(NamedArray.of(name, parameter)));
    network.buffers().forEach((name, buffer) -> arrays.add(NamedArray.of(name, buffer)));
    return arrays;
  }

  /** Sets every bit, negative zeros included: the sum with minus zero changes no number. */
  private void assign(Tensor buffer, float[] values) {
    try (Scope _ = torch.inference()) {
      buffer.subtractInPlace(buffer);
      buffer.multiplyInPlace(torch.full(-1, buffer.precision()));
      buffer.addInPlace(torch.tensor(values, buffer.shape()));
    }
  }

  @Override
  public void close() {
    sgd.close();
    network.close();
  }
}
