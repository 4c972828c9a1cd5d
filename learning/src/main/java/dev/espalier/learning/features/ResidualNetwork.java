package dev.espalier.learning.features;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.SequencedMap;

/**
 * A residual network of basic blocks (He et al. 2016): what is averaged over the image at its end
 * are the features of the image. Letters: {@code b} batch, {@code c} channels, {@code h, w} height
 * and width, {@code f} features.
 */
final class ResidualNetwork implements TrainableNetwork {
  private final ResidualShape shape;
  private final NetworkTensors tensors;

  /**
   * @param classes of the classifier; 0 for none
   */
  ResidualNetwork(Torch torch, ResidualShape shape, int classes, ParameterSource weights) {
    this.shape = shape;
    this.tensors =
        new NetworkTensors(
            torch, shape, shape.parameters(classes), weights, Precision.FLOAT32, _ -> classes > 0);
  }

  /**
   * @param images {@code [b, 3, h, w]}
   * @return {@code [b, f]}
   */
  Tensor features(Tensor images, Phase phase) {
    Layers layers = new Layers(tensors, phase, _ -> {});
    Tensor x =
        Ops.convolution(
            images, layers.parameter("conv1.weight"), null, 2, 3, 1); // [b, c, h/2, w/2]
    x = Ops.maxPool(Ops.relu(layers.normalize(x, "bn1")), 3, 2, 1); // [b, c, h/4, w/4]
    for (ResidualShape.Block block : shape.layout()) {
      x = apply(block, layers, x);
    }
    return Ops.globalAverage(x); // [b, c, h', w'] -> [b, f]
  }

  private static Tensor apply(ResidualShape.Block block, Layers layers, Tensor x) {
    String prefix = block.prefix();
    Tensor y = layers.convolve(x, prefix + ".conv1.weight", block.stride());
    y = Ops.relu(layers.normalize(y, prefix + ".bn1"));
    y = layers.normalize(layers.convolve(y, prefix + ".conv2.weight", 1), prefix + ".bn2");
    Tensor shortcut =
        block.isProjected()
            ? layers.normalize(
                layers.convolve(x, prefix + ".downsample.0.weight", block.stride()),
                prefix + ".downsample.1")
            : x;
    return Ops.relu(y.add(shortcut));
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return Ops.linear(
        features(images, phase), tensors.parameter("fc.weight"), tensors.parameter("fc.bias"));
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
