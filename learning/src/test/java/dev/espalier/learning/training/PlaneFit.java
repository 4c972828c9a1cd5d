package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The smallest thing that descends on a loss of tensors: a plane through 12 points. */
final class PlaneFit implements Trained, AutoCloseable {
  static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 5;
  private static final Torch TORCH = Torch.cpu();

  /** Which optimiser, and how fast. */
  enum Kind {
    SGD,
    ADAM,
    ADAM_DECOUPLED
  }

  /** What is written into a checkpoint. */
  record State(int epoch, int step, List<Double> losses) {}

  private final Kind kind;
  private final double rate;
  private final Tensor slope; // [inputs, 1]
  private final Tensor height; // [1]
  private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
  private final Optimizer optimizer;
  private final Descent descent;
  private State state;
  private int[] order = {};
  int enough = Integer.MAX_VALUE;

  PlaneFit(Kind kind, double rate, byte @Nullable [] checkpoint) {
    this.kind = kind;
    this.rate = rate;
    @Nullable Checkpoint<State> from =
        checkpoint == null ? null : Checkpoint.decode(checkpoint, kind.name(), State.class);
    this.state = from == null ? new State(0, 0, List.of()) : from.state();
    this.slope =
        TORCH.leaf(from == null ? new float[INPUTS] : from.network("slope", INPUTS), INPUTS, 1);
    this.height = TORCH.leaf(from == null ? new float[1] : from.network("height", 1), 1);
    parameters.put("slope", slope);
    parameters.put("height", height);
    Optimizer.Memory memory = from == null ? Optimizer.Memory.NONE : from::values;
    long done = (long) state.epoch() * STEPS + state.step();
    this.optimizer =
        switch (kind) {
          case SGD -> new Sgd(TORCH, parameters, RECIPE, memory);
          case ADAM -> new Adam(TORCH, parameters, Adam.Decay.L2, 1e-3, done, memory);
          case ADAM_DECOUPLED ->
              new Adam(TORCH, parameters, Adam.Decay.DECOUPLED, 1e-2, done, memory);
        };
    this.descent = new Descent(TORCH, optimizer, 1);
  }

  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          new TrainingBasics(1, 2, 2, 1, 1, 0.1, 0.9, true, 5e-4, 0, false, 8),
          Schedule.COSINE,
          1,
          1,
          0,
          Refinements.NONE);

  @Override
  public int stepsPerEpoch() {
    return STEPS;
  }

  @Override
  public Position position() {
    return new Position(state.epoch(), state.step());
  }

  @Override
  public void beginEpoch() {
    order = RandomStream.of(1, "order", state.epoch()).permutation(STEPS * BATCH);
  }

  @Override
  public double step() {
    float[] inputs = new float[BATCH * INPUTS];
    float[] heights = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      RandomStream point = RandomStream.of(2, "point", order[state.step() * BATCH + i]);
      for (int j = 0; j < INPUTS; j++) {
        inputs[i * INPUTS + j] = (float) point.nextDouble();
        heights[i] += (j - 1) * inputs[i * INPUTS + j];
      }
    }
    try (Scope _ = TORCH.recording()) {
      Tensor found = TORCH.tensor(inputs, BATCH, INPUTS).matmul(slope).add(height); // [b, 1]
      Tensor loss = found.subtract(TORCH.tensor(heights, BATCH, 1)).square().mean(); // []
      double value = descent.step(loss, rate);
      List<Double> losses = new ArrayList<>(state.losses());
      losses.add(value);
      state = new State(state.epoch(), state.step() + 1, losses);
      return value;
    }
  }

  @Override
  public Diverged diverged(double loss, Position at) {
    return new Diverged("%s at %s".formatted(loss, at));
  }

  @Override
  public boolean endEpoch() {
    state = new State(state.epoch() + 1, 0, state.losses());
    return true;
  }

  @Override
  public boolean endsEarly() {
    return state.epoch() >= enough;
  }

  List<Double> losses() {
    return state.losses();
  }

  @Override
  public byte[] checkpoint() {
    List<NamedArray> arrays = new ArrayList<>();
    parameters.forEach((name, parameter) -> arrays.add(NamedArray.of(name, parameter)));
    return Checkpoint.of(kind.name(), state, arrays, optimizer).encode();
  }

  @Override
  public void close() {
    optimizer.close();
    parameters.values().forEach(Tensor::close);
  }
}
