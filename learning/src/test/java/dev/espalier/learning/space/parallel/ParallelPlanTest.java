package dev.espalier.learning.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelPlanTest {
  private static final Costs PUBLISHED = new Costs(MacroShape.PUBLISHED, 32, 3, 100);

  private static long parameters(MacroShape shape, ParallelArchitecture architecture, int classes) {
    return new ParallelPlan(shape, architecture, classes, 3)
        .parameters().stream().mapToLong(ParameterSpecification::size).sum();
  }

  @Test
  void theGoldenNetworksHaveTheirParametersAndThoseThatTheCostsSay() {
    JsonNode golden = GoldenOperations.costs().get("arch_params");
    List<ParallelArchitecture> architectures = GoldenOperations.architectures("bits");
    assertThat(architectures).hasSize(300);
    for (int i = 0; i < architectures.size(); i++) {
      assertThat(parameters(MacroShape.PUBLISHED, architectures.get(i), 100))
          .as("%d: %s", i, architectures.get(i))
          .isEqualTo(golden.get(i).asLong())
          .isEqualTo(PUBLISHED.of(architectures.get(i)).parameters());
    }
  }

  @Test
  void theEvolvedNetworkHasThePublishedParameters() {
    ParallelArchitecture evolved = GoldenOperations.architectures("evolved_bits").getFirst();
    assertThat(parameters(MacroShape.PUBLISHED, evolved, 100)).isEqualTo(740_132);
  }

  @Test
  void otherShapesHaveTheParametersThatTheCostsSay() {
    MacroShape shape =
        new MacroShape(
            5,
            List.of(new LayerShape(5, 1), new LayerShape(8, 2), new LayerShape(8, 2)),
            List.of(Operation.DILATED_5, Operation.SKIP, Operation.SEPARABLE_3),
            7);
    Costs costs = new Costs(shape, 16, 3, 10);
    RandomStream stream = RandomStream.of(1, "architectures");
    for (int i = 0; i < 50; i++) {
      ParallelArchitecture architecture = new ParallelSpace(shape).random(stream);
      assertThat(parameters(shape, architecture, 10))
          .as(architecture.canonical())
          .isEqualTo(costs.of(architecture).parameters());
    }
  }

  @Test
  void namesAreUnique() {
    ParallelArchitecture all =
        ParallelArchitecture.parse(
            "skip+sep3+sep5+sep7+dil3+dil5".transform(l -> String.join("|", l, l, l, l, l)));
    List<String> names =
        new ParallelPlan(MacroShape.PUBLISHED, all, 100, 3)
            .parameters().stream().map(ParameterSpecification::name).toList();
    assertThat(names)
        .doesNotHaveDuplicates()
        .contains("layers.1.skip.odd.weight", "layers.4.skip.weight", "layers.2.dil5.norm.bias")
        .doesNotContain("layers.0.skip.weight");
  }

  @Test
  void anArchitectureOfAnotherShapeIsRefused() {
    assertThatThrownBy(
            () -> new ParallelPlan(MacroShape.PUBLISHED, ParallelArchitecture.parse("skip"), 10, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("has 1 layers, but the networks of this space have 5");
  }
}
