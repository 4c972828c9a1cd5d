package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.FeatureDropout;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The network of an {@link dev.espalier.search.space.mobilenetv3.ElasticArchitecture}, with its
 * parameters and the running statistics of its batch normalisations.
 */
final class MobileNetwork implements TrainableNetwork {
  private final ElasticPlan plan;
  private final NetworkTensors tensors;

  /** In single precision, to be trained: all parameters are leaves. */
  MobileNetwork(Torch torch, ElasticPlan plan, ParameterSource source) {
    this(torch, plan, source, Precision.FLOAT32, parameter -> true);
  }

  /**
   * @param leaf the parameters that gradients will be taken for
   */
  MobileNetwork(
      Torch torch,
      ElasticPlan plan,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.plan = plan;
    tensors =
        new NetworkTensors(torch, plan.architecture(), plan.parameters(), source, precision, leaf);
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return forward(images, phase, activation -> {});
  }

  /**
   * Runs the network.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param activations is given the output of each ReLU and h-swish, in order
   * @return logits {@code [batch, classes]}
   */
  Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
    Layers layers = new Layers(tensors, phase, activations);
    return new ElasticForwardPass(plan, layers, FeatureDropout.NONE).run(images);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath) {
    return train(images, dropPath, FeatureDropout.NONE);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath, FeatureDropout dropout) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {}, dropPath);
    return new Outputs(new ElasticForwardPass(plan, layers, dropout).run(images), Optional.empty());
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return tensors.parameters();
  }

  /** The parameters that carry gradients, in order. */
  List<Tensor> leaves() {
    return tensors.parameters().values().stream().filter(Tensor::isLeaf).toList();
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
