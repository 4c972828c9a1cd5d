package dev.espalier.learning.space.parallel;

import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The network of a {@link dev.espalier.search.space.parallel.ParallelArchitecture}, with its
 * parameters (all of them leaves) and the running statistics of its batch normalisations.
 */
public final class ParallelNetwork implements TrainableNetwork {
  private final ParallelPlan plan;
  private final NetworkTensors tensors;

  /** In single precision. */
  public ParallelNetwork(Torch torch, ParallelPlan plan, ParameterSource source) {
    this(torch, plan, source, Precision.FLOAT32);
  }

  public ParallelNetwork(
      Torch torch, ParallelPlan plan, ParameterSource source, Precision precision) {
    this.plan = plan;
    this.tensors =
        new NetworkTensors(
            torch, plan.architecture(), plan.parameters(), source, precision, parameter -> true);
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return new ParallelForwardPass(plan, new Layers(tensors, phase, activation -> {})).run(images);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {}, dropPath);
    return new Outputs(new ParallelForwardPass(plan, layers).run(images), Optional.empty());
  }

  public ParallelPlan plan() {
    return plan;
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return tensors.parameters();
  }

  @Override
  public SequencedMap<String, Tensor> buffers() {
    return tensors.buffers();
  }

  @Override
  public void close() {
    tensors.close();
  }
}
