package dev.espalier.learning.space;

import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import java.util.Map;

/**
 * How the architectures of a space are built, trained and exported. {@link NetworksBySpace} finds
 * it by its line in {@code META-INF/services/dev.espalier.learning.space.SpaceNetworks}.
 */
public interface SpaceNetworks {
  /** The name of the space. */
  String space();

  /**
   * Checks that this process can compute with them.
   *
   * @throws RuntimeException if it was started without something that they need
   */
  default void requireProcessor() {}

  /**
   * What a training of an architecture trains.
   *
   * @param network the settings of this space
   * @param imageSize height and width in pixels
   */
  Trainee trainee(NetworkSettings network, Architecture architecture, int imageSize);

  /**
   * A trained network in evaluation mode as an ONNX model.
   *
   * @param network the settings of this space
   * @param imageSize height and width in pixels
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  byte[] onnx(
      NetworkSettings network,
      Architecture architecture,
      Safetensors weights,
      int imageSize,
      Map<String, String> facts);
}
