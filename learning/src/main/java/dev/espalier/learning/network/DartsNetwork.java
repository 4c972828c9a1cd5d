package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import java.util.SequencedMap;

/**
 * The network of a genotype, to be trained: its parameters (all of them leaves) and the running
 * statistics of its batch normalisations. It has no auxiliary head.
 */
public final class DartsNetwork implements TrainableNetwork {
  private final DartsPlan plan;
  private final DartsWiring wiring;
  private final NetworkTensors tensors;

  /** In single precision. */
  public DartsNetwork(Torch torch, DartsShape shape, Genotype genotype, ParameterSource source) {
    plan = DartsPlan.of(shape);
    wiring = DartsWiring.of(genotype);
    tensors =
        new NetworkTensors(
            torch, genotype, plan.parameters(wiring), source, Precision.FLOAT32, parameter -> true);
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return new DartsForwardPass(plan, new Layers(tensors, phase, activation -> {}), wiring)
        .run(images);
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
