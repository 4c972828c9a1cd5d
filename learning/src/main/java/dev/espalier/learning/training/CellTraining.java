package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingData.Batch;
import dev.espalier.learning.training.TrainingData.Evaluated;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of one NAS-Bench-201 cell on image data, from the beginning or from a
 * checkpoint.
 *
 * <p>Weights begin as PyTorch's default has them, which is what the benchmark was trained from.
 * What has an infinite or undefined loss has {@link Diverged}.
 */
public final class CellTraining implements AutoCloseable {
  private static final int EVALUATION_BATCH = 250;
  private static final int IMAGE_CHANNELS = 3;

  private final Torch torch;
  private final Cell cell;
  private final TrainingRecipe recipe;
  private final long seed;
  private final String evaluation;
  private final String subject;
  private final TrainingMonitor monitor;
  private final TrainingData data;
  private final CosineSchedule schedule;
  private final Network network;
  private final Sgd sgd;
  private TrainingState state;

  /** What a checkpoint must agree with. */
  private record Subject(
      String evaluation, String seed, String cell, String data, TrainingRecipe recipe) {}

  /**
   * Trains to the end, or until the monitor stops it.
   *
   * @param seed with {@code evaluation} begins the name of every stream
   * @param evaluation the evaluation's own id
   * @param checkpoint where to continue, or null to begin
   * @throws Diverged if the loss is not finite
   * @throws CorruptCheckpoint if the checkpoint's digest does not match
   */
  public static TrainingOutcome train(
      Torch torch,
      ImageDataset dataset,
      Cell cell,
      TrainingRecipe recipe,
      long seed,
      String evaluation,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    Subject subject =
        new Subject(evaluation, Long.toString(seed), cell.canonical(), dataset.digest(), recipe);
    String digest = Digest.of(subject);
    @Nullable Checkpoint from = checkpoint == null ? null : Checkpoint.decode(checkpoint, digest);
    try (CellTraining training =
        new CellTraining(torch, dataset, cell, recipe, subject, digest, from, monitor)) {
      return training.run();
    }
  }

  private CellTraining(
      Torch torch,
      ImageDataset dataset,
      Cell cell,
      TrainingRecipe recipe,
      Subject subject,
      String digest,
      @Nullable Checkpoint from,
      TrainingMonitor monitor) {
    this.torch = torch;
    this.cell = cell;
    this.recipe = recipe;
    this.seed = Long.parseLong(subject.seed());
    this.evaluation = subject.evaluation();
    this.subject = digest;
    this.monitor = monitor;
    this.data = new TrainingData(dataset, recipe, seed);
    this.schedule =
        new CosineSchedule(recipe.learningRate(), (long) recipe.epochs() * data.stepsPerEpoch());
    NetworkPlan plan =
        NetworkPlan.whole(recipe.channels(), recipe.cells(), data.classes(), IMAGE_CHANNELS);
    ParameterSource weights =
        from == null
            ? ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, seed, evaluation, "weights")
            : parameter -> Checkpoint.values(from.network(), parameter.name(), parameter.size());
    this.network = new Network(torch, plan, cell.mask(), weights);
    if (from != null) {
      network
          .buffers()
          .forEach((name, buffer) ->
              assign(buffer, Checkpoint.values(from.network(), name, buffer.size())));
    }
    this.sgd =
        new Sgd(
            torch,
            network.parameters(),
            recipe,
            name -> {
              int size = network.parameter(name).size();
              return from == null
                  ? new float[size]
                  : Checkpoint.values(from.momentum(), name, size);
            });
    this.state = from == null ? TrainingState.START : from.state();
  }

  private TrainingOutcome run() {
    while (state.epoch() < recipe.epochs()) {
      if (!trainEpoch()) {
        return stopped();
      }
      OptionalDouble accuracy = accuracy(data.validation());
      if (accuracy.isEmpty()) {
        return stopped();
      }
      EpochMetrics metrics =
          new EpochMetrics(
              state.epoch() + 1,
              schedule.rate(stepsDone() - 1),
              state.lossSum() / state.images(),
              (double) state.correct() / state.images(),
              accuracy.getAsDouble());
      state = state.afterEpoch(metrics);
      monitor.epoch(metrics);
    }
    OptionalDouble test = accuracy(data.test());
    return test.isEmpty()
        ? stopped()
        : new TrainingOutcome.Finished(
            new TrainingResult(test.getAsDouble(), state.epochs(), weights()));
  }

  /** False if it was stopped. */
  private boolean trainEpoch() {
    int steps = data.stepsPerEpoch();
    int[] order = data.order(RandomStream.of(seed, evaluation, "order", state.epoch()));
    while (state.step() < steps) {
      if (monitor.stop()) {
        return false;
      }
      double loss = step(order);
      monitor.step(state.epoch(), state.step(), steps, loss);
      if (monitor.checkpointDue(state.epoch(), state.step(), steps)) {
        monitor.checkpoint(checkpoint(), state.epoch(), state.step());
      }
    }
    return true;
  }

  private double step(int[] order) {
    Batch batch =
        data.trainBatch(
            order,
            state.step(),
            RandomStream.of(seed, evaluation, "augmentation", state.epoch(), state.step()));
    try (Scope _ = torch.recording()) {
      Tensor logits =
          network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.TRAIN); // [b, classes]
      Tensor targets = torch.tensor(batch.oneHot(data.classes()), batch.size(), data.classes());
      Tensor loss = Ops.crossEntropy(logits, targets); // []
      double value = loss.item();
      if (!Double.isFinite(value)) {
        throw new Diverged(
            "training %s: the loss is %s in epoch %d, step %d of %d (learning rate %s): lower evaluation.learningRate"
                .formatted(
                    cell.canonical(),
                    value,
                    state.epoch() + 1,
                    state.step() + 1,
                    data.stepsPerEpoch(),
                    schedule.rate(stepsDone())));
      }
      sgd.step(Gradients.of(loss, sgd.parameters()), schedule.rate(stepsDone()));
      state = state.afterStep(value, batch.correct(logits.argMax(1)), batch.size());
      return value;
    }
  }

  private long stepsDone() {
    return (long) state.epoch() * data.stepsPerEpoch() + state.step();
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

  private byte[] checkpoint() {
    return new Checkpoint(subject, state, arrays(), sgd.momentum()).encode();
  }

  private byte[] weights() {
    Map<String, String> metadata =
        Map.of("cell", cell.canonical(), "evaluation", evaluation, "format", "espalier-weights/1");
    return Safetensors.of(new java.util.TreeMap<>(metadata), arrays()).encode();
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
