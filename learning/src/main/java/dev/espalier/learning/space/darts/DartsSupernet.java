package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.MaskedNetwork;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.darts.DartsMask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The network of a DARTS supernet: what is not active is not executed, and each of the {@code m}
 * active operators of an edge weighs {@code 1 / m}.
 *
 * <p>A state is rectified once for all operators that read it. The published program does so for
 * every operator; the patterns of ReLUs that it counts repeat the same bits then, so their number
 * is the same.
 */
public final class DartsSupernet implements MaskedNetwork<DartsMask> {
  private final DartsPlan plan;
  private final NetworkTensors tensors;

  /**
   * @param leaf the parameters that gradients will be taken for
   */
  public DartsSupernet(
      Torch torch,
      DartsPlan plan,
      DartsMask mask,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.plan = plan;
    this.tensors =
        new NetworkTensors(
            torch, mask, plan.parameters(DartsWiring.of(mask)), source, precision, leaf);
  }

  @Override
  public Tensor forward(
      Tensor images, DartsMask active, Phase phase, Consumer<Tensor> activations) {
    Layers layers = new Layers(tensors, phase, activations);
    return new DartsForwardPass(plan, layers, DartsWiring.of(active)).run(images);
  }

  @Override
  public Tensor forwardMerged(Tensor images, DartsMask active) {
    return forward(images, active, Phase.TRAIN, activation -> {});
  }

  @Override
  public List<Tensor> leaves(DartsMask active) {
    List<Tensor> leaves = new ArrayList<>();
    for (ParameterSpecification parameter : plan.parameters(DartsWiring.of(active))) {
      Tensor tensor = tensors.parameter(parameter.name());
      if (tensor.isLeaf()) {
        leaves.add(tensor);
      }
    }
    return leaves;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
