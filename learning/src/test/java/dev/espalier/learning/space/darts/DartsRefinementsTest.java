package dev.espalier.learning.space.darts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsShape.Place;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drop-path and the auxiliary head in networks of genotypes. */
class DartsRefinementsTest {
  private static final Torch TORCH = Torch.cpu();
  private static final int IMAGES = 5;

  private static Genotype genotype(long seed) {
    return DartsSpace.SPACE.random(RandomStream.of(seed, "genotype"));
  }

  private static DartsShape shape(DartsShape.Stem stem, int cells) {
    return new DartsShape(stem, 2, cells, 4, stem == DartsShape.Stem.CIFAR ? 12 : 36, 3);
  }

  private static DartsNetwork network(DartsPlan plan, Genotype genotype, ParameterSource source) {
    return new DartsNetwork(TORCH, plan, genotype, source, Precision.FLOAT32, parameter -> false);
  }

  private static ParameterSource drawn() {
    return ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1);
  }

  private static Tensor images(DartsShape shape) {
    int side = shape.imageSize();
    float[] pixels = new float[IMAGES * 3 * side * side];
    RandomStream.of(2).fillGaussian(pixels, 1);
    return TORCH.tensor(pixels, IMAGES, 3, side, side);
  }

  /** Liu et al.'s program: all operations but {@code Identity}; there {@code none} drops zeros. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void everyPathButIdentitiesCanBeDropped(long seed) {
    Genotype genotype = genotype(seed);
    DartsShape shape = shape(DartsShape.Stem.CIFAR, 5);
    int expected = 0;
    for (Place place : shape.places()) {
      for (Gene gene : genotype.cell(place.type()).genes()) {
        boolean identity =
            gene.operator() == DartsOperator.SKIP_CONNECT
                && DartsEdge.stride(place.type(), gene.source()) == 1;
        expected += identity ? 0 : 1;
      }
    }
    int[] paths = new int[1];
    try (DartsNetwork network = network(DartsPlan.of(shape), genotype, drawn());
        Scope _ = TORCH.inference()) {
      network.train(
          images(shape),
          path -> {
            paths[0]++;
            return path;
          });
    }
    assertThat(paths[0]).isEqualTo(expected).isPositive();
  }

  @Test
  void droppedPathsChangeTheAnswerByTheirDraws() {
    float[] plain = answers(DropPath.NONE);
    float[] dropped = answers(DropPath.drawn(TORCH, 0.6, RandomStream.of(3, "drop-path")));
    assertThat(dropped).isNotEqualTo(plain);
    assertThat(answers(DropPath.drawn(TORCH, 0.6, RandomStream.of(3, "drop-path"))))
        .isEqualTo(dropped);
  }

  private static float[] answers(DropPath dropPath) {
    DartsShape shape = shape(DartsShape.Stem.CIFAR, 3);
    try (DartsNetwork network = network(DartsPlan.of(shape), genotype(1), drawn());
        Scope _ = TORCH.inference()) {
      return network.train(images(shape), dropPath).logits().toFloats();
    }
  }

  @ParameterizedTest
  @EnumSource(DartsShape.Stem.class)
  void theHeadAnswersBesideTheNetworkAndChangesNothingOfIt(DartsShape.Stem stem) {
    DartsShape shape = shape(stem, 4);
    DartsPlan plan = DartsPlan.of(shape);
    try (DartsNetwork plain = network(plan, genotype(1), drawn());
        DartsNetwork headed = network(plan.withAuxiliaryHead(), genotype(1), drawn());
        Scope _ = TORCH.inference()) {
      Outputs outputs = headed.train(images(shape), DropPath.NONE);
      assertThat(outputs.auxiliary().orElseThrow().shape()).containsExactly(IMAGES, 4);
      Outputs without = plain.train(images(shape), DropPath.NONE);
      assertThat(without.auxiliary()).isEmpty();
      assertThat(outputs.logits().toFloats()).isEqualTo(without.logits().toFloats());
      assertThat(headed.forward(images(shape), Phase.EVALUATE).toFloats())
          .isEqualTo(plain.forward(images(shape), Phase.EVALUATE).toFloats());
    }
  }

  /** Of six cells, 2 and 4 are reduction cells: 5 comes behind the head. */
  @Test
  void theHeadStandsBehindTheSecondReductionCell() {
    float[] head = head("");
    assertThat(head("cells.5.")).isEqualTo(head);
    assertThat(head("cells.4.")).isNotEqualTo(head);
    assertThat(head("cells.3.")).isNotEqualTo(head);
  }

  /** What the head answers where the first convolutions of these cells are turned around. */
  private static float[] head(String cells) {
    ParameterSource changed =
        parameter -> {
          float[] values = drawn().values(parameter);
          if (!cells.isEmpty()
              && parameter.name().startsWith(cells + "preprocess")
              && parameter.kind() == ParameterKind.CONVOLUTION) {
            for (int i = 0; i < values.length; i++) {
              values[i] = -values[i];
            }
          }
          return values;
        };
    DartsShape shape = shape(DartsShape.Stem.CIFAR, 6);
    try (DartsNetwork network =
            network(DartsPlan.of(shape).withAuxiliaryHead(), genotype(1), changed);
        Scope _ = TORCH.inference()) {
      return network.train(images(shape), DropPath.NONE).auxiliary().orElseThrow().toFloats();
    }
  }

  /**
   * For CIFAR behind 576 channels: 73,728 + 256, 393,216 + 1,536, 7,690. For ImageNet behind 768,
   * without the second batch norm: 98,304 + 256, 393,216, 769,000.
   */
  @ParameterizedTest
  @CsvSource({"CIFAR, 476426", "IMAGENET, 1260776"})
  void hasTheParametersOfThePublishedHead(DartsShape.Stem stem, long head) {
    DartsShape shape = stem == DartsShape.Stem.CIFAR ? DartsShape.CIFAR : DartsShape.IMAGENET;
    long parameters =
        DartsPlan.of(shape).withAuxiliaryHead().parameters(genotype(1)).stream()
            .mapToLong(ParameterSpecification::size)
            .sum();
    assertThat(parameters - DartsCost.of(genotype(1), shape).parameters()).isEqualTo(head);
  }
}
