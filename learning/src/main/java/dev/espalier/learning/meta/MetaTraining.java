package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.training.Adam;
import dev.espalier.learning.training.Checkpoint;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.Loop;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Optimizer;
import dev.espalier.learning.training.Position;
import dev.espalier.learning.training.Trained;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The meta-training of a generator or a predictor, minibatch by minibatch (MetaD2A, section 3.3),
 * from the beginning or from a whole checkpoint: what goes on from one has the same bits. Each time
 * a row is seen it has new random images. The best epoch's weights are kept.
 *
 * <pre>{@code
 * try (MetaTraining training = MetaTraining.of(task, checkpoint, monitor)) {
 *   if (training.run()) { // else the monitor stopped it: its last checkpoint goes on
 *     store(training.best(), training.epochs());
 *   }
 * }
 * }</pre>
 */
public final class MetaTraining implements Trained, AutoCloseable {
  private static final String BEST = "best.";

  private final MetaTrainingTask task;
  private final String subject;
  private final MetaMonitor monitor;
  private final MetaObjective objective;
  private final Optimizer adam;
  private MetaState state;
  private List<NamedArray> best;
  private int[] order = {};

  private MetaTraining(
      MetaTrainingTask task,
      @Nullable Checkpoint<MetaState> from,
      MetaMonitor monitor,
      MetaObjective objective) {
    this.task = task;
    this.subject = task.subject();
    this.monitor = monitor;
    this.objective = objective;
    this.state = from == null ? MetaState.start(task.recipe()) : from.state();
    Leaves leaves = objective.model().leaves();
    this.best = from == null ? leaves.arrays() : restored(from, BEST, leaves.arrays());
    this.adam =
        new Adam(
            task.torch(),
            leaves.all(),
            Adam.Decay.L2,
            0,
            (long) state.epoch() * stepsPerEpoch() + state.step(),
            from == null ? Optimizer.Memory.NONE : from::values);
  }

  private static List<NamedArray> restored(
      Checkpoint<MetaState> from, String prefix, List<NamedArray> leaves) {
    return leaves.stream()
        .map(each ->
            new NamedArray(
                each.name(),
                each.shape(),
                from.network(prefix + each.name(), each.values().length)))
        .toList();
  }

  /**
   * A meta-training at its beginning, or where a checkpoint left it.
   *
   * @param checkpoint as {@link MetaMonitor#checkpoint} got it; null to begin
   * @throws CorruptCheckpoint if a byte of it has changed
   * @throws InvalidInput if it is of another meta-training, or the rows cannot be learnt from
   */
  public static MetaTraining of(
      MetaTrainingTask task, byte @Nullable [] checkpoint, MetaMonitor monitor) {
    @Nullable Checkpoint<MetaState> from =
        checkpoint == null ? null : Checkpoint.decode(checkpoint, task.subject(), MetaState.class);
    MetaObjective objective = task.objective();
    if (from != null) {
      objective = objective.with(restored(from, "", objective.model().leaves().arrays()));
    }
    return new MetaTraining(task, from, monitor, objective);
  }

  /**
   * Trains to the end; false if the monitor stopped it.
   *
   * @throws Diverged if a loss is infinite or undefined
   */
  public boolean run() {
    return task.torch().guarded(() -> Loop.run(this, task.recipe().epochs(), monitor));
  }

  /** What the epochs so far came to. */
  public List<MetaEpoch> epochs() {
    return state.epochs();
  }

  /** The best epoch so far, from 1; 0 before the end of the first. */
  public int bestEpoch() {
    return state.bestEpoch();
  }

  /**
   * The model after the best epoch so far, as safetensors; {@code read} of either model takes it.
   */
  public byte[] best() {
    return objective.model().safetensors(best);
  }

  /** The model as it is now, as safetensors. */
  public byte[] last() {
    return objective.model().safetensors();
  }

  @Override
  public int stepsPerEpoch() {
    return Math.ceilDiv(task.training().size(), task.recipe().batch());
  }

  @Override
  public Position position() {
    return state.position();
  }

  @Override
  public void beginEpoch() {
    order = task.stream("order", state.epoch()).permutation(task.training().size());
  }

  @Override
  public double step() {
    int from = state.step() * task.recipe().batch();
    int to = Math.min(order.length, from + task.recipe().batch());
    DeferredGradients deferred = objective.model().leaves().deferred();
    try (Scope _ = task.torch().recording()) {
      deferred.open();
      Tensor loss =
          objective.loss(state.epoch(), state.step(), Arrays.copyOfRange(order, from, to));
      double value = loss.item();
      if (Double.isFinite(value)) { // else nothing changes
        adam.step(deferred.of(loss, adam.parameters()), state.plateau().rate());
      }
      state = state.afterStep(value);
      return value / (to - from);
    }
  }

  @Override
  public Diverged diverged(double loss, Position at) {
    return new Diverged(
        "meta-training the %s: the loss is %s in epoch %d, step %d of %d: lower learningRate"
            .formatted(task.kind().title(), loss, at.epoch() + 1, at.step() + 1, stepsPerEpoch()));
  }

  @Override
  public boolean endEpoch() {
    Optional<Map<String, Double>> validation = objective.validate(monitor::stop);
    if (validation.isEmpty()) {
      return false;
    }
    MetaEpoch done =
        new MetaEpoch(
            state.epoch() + 1,
            state.lossSum() / task.training().size(),
            state.plateau().rate(),
            validation.get());
    double merit = objective.merit(done);
    if (state.isBetter(merit)) {
      best = objective.model().leaves().arrays();
    }
    state = state.afterEpoch(done, merit, task.recipe());
    monitor.epoch(done);
    return true;
  }

  @Override
  public byte[] checkpoint() {
    List<NamedArray> network = new ArrayList<>(objective.model().leaves().arrays());
    best.forEach(each -> network.add(each.named(BEST + each.name())));
    return Checkpoint.of(subject, state, network, adam).encode();
  }

  @Override
  public void close() {
    adam.close();
    objective.model().close();
  }
}
