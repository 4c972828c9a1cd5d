package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What generated graphs keep to")
final class GrowthRuleTest {
  private static final Torch TORCH = Torch.cpu();
  private static final ModelSizes SIZES = new ModelSizes(4, 8, 8);
  private static final int GRAPHS = 40;

  private static List<SetDraw> draws() {
    RandomStream stream = RandomStream.of(3, "features");
    List<SetDraw> draws = new ArrayList<>();
    for (int i = 0; i < GRAPHS; i++) {
      float[] features = new float[2 * 5 * SIZES.width()];
      for (int j = 0; j < features.length; j++) {
        features[j] = (float) stream.nextDouble();
      }
      draws.add(new SetDraw(2, 5, SIZES.width(), features));
    }
    return draws;
  }

  private static List<String> architectures(GraphCoding coding, List<CodedGraph> graphs) {
    return graphs.stream()
        .map(coding::decode)
        .flatMap(Optional::stream)
        .map(Architecture::canonical)
        .toList();
  }

  /** An untrained generator says nothing of depths, so by chance nearly no graph is a network. */
  @Test
  void makesEveryGraphANetworkOfMobileNetWhoseDrawsStillAreTheModels() {
    GraphCoding networks = GraphCodings.of("mobilenet-v3");
    try (GeneratorModel model = GeneratorModel.fresh(TORCH, networks.topology(), SIZES, 7)) {
      List<CodedGraph> graphs = model.generate(draws(), RandomStream.of(1, "decisions"), networks);
      assertThat(architectures(networks, graphs)).hasSize(GRAPHS).doesNotHaveDuplicates();
      assertThat(graphs).allMatch(networks.topology()::fits);
      assertThat(architectures(networks, model.generate(draws(), RandomStream.of(1, "decisions"))))
          .isEmpty();
    }
  }

  @Test
  void leavesCellsAsThePublishedProgramDrawsThem() {
    GraphCoding cells = GraphCodings.of("nas-bench-201");
    try (GeneratorModel model = GeneratorModel.fresh(TORCH, cells.topology(), SIZES, 7)) {
      List<CodedGraph> published = model.generate(draws(), RandomStream.of(1, "decisions"));
      assertThat(model.generate(draws(), RandomStream.of(1, "decisions"), cells))
          .isEqualTo(published);
    }
  }

  @Test
  void drawsAmongTheAllowedEvenWhereTheModelThinksNothingOfThem() {
    GraphTopology chain = GraphTopology.chain(4, 5);
    Decisions always = Decisions.drawn(1, 4, RandomStream.of(1, "always"));
    Decisions within = Decisions.within(chain, (vertex, types, type) -> type == 3, 1, always);
    assertThat(within.type(1, 0, new float[] {0.5f, 0.5f, 0, 0, 0})).isEqualTo(3);
    assertThat(within.edge(0, 1, 0, 0)).isTrue();
    assertThat(within.edge(0, 2, 0, 1)).isFalse();
  }
}
