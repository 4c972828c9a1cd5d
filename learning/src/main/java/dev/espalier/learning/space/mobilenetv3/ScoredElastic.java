package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The networks of MobileNetV3's elastic space.
 *
 * @param plan the network of an architecture
 */
record ScoredElastic(Torch torch, Function<ElasticArchitecture, ElasticPlan> plan)
    implements ScoredNetworks<ElasticArchitecture> {
  @Override
  public List<ParameterSpecification> parameters(ElasticArchitecture architecture) {
    return plan.apply(architecture).parameters();
  }

  @Override
  public boolean passes(ElasticArchitecture architecture) {
    return true;
  }

  @Override
  public ScoredNetwork build(
      ElasticArchitecture architecture,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    return new Built(new MobileNetwork(torch, plan.apply(architecture), source, precision, leaf));
  }

  private record Built(MobileNetwork network) implements ScoredNetwork {
    @Override
    public Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
      return network.forward(images, phase, activations);
    }

    @Override
    public List<Tensor> leaves() {
      return network.leaves();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
