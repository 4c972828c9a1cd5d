package dev.espalier.learning.predictor.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the graphs of cells are made of. */
class StructureTest {
  private static final int SKIP = 2;
  private static final int POINT = 3; // nor_conv_1x1
  private static final int SQUARE = 4; // nor_conv_3x3

  /** The best cell on CIFAR-10. */
  private static final Structure BEST =
      cell(
          "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|"
              + "+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|");

  private static Structure cell(String text) {
    return of(NasBench201.SPACE, text);
  }

  private static Structure of(SearchSpace space, String text) {
    return Structure.of(space.graph(space.parse(text)));
  }

  @Test
  void pathsAreTheWordsOfTheirOperatorsWithoutSkips() {
    assertThat(BEST.words())
        .isEqualTo(
            Map.of(
                List.of(), 1.0,
                List.of(SQUARE, SQUARE), 1.0,
                List.of(SQUARE, POINT), 1.0,
                List.of(SQUARE, SQUARE, POINT), 1.0));
    assertThat(BEST.bags())
        .containsEntry(List.of(POINT, SQUARE), 1.0)
        .containsEntry(List.of(POINT, SQUARE, SQUARE), 1.0)
        .hasSize(4);
    assertThat(BEST.operators())
        .isEqualTo(Map.of(List.of(SKIP), 1.0, List.of(POINT), 1.0, List.of(SQUARE), 4.0));
  }

  /** Counted by hand on the four paths above. */
  @Test
  void theShapeIsInTheNumbersOfItsPaths() {
    double[] expected = {
      4,
      1, // paths, of skips alone
      1,
      0,
      2,
      2, // 1x1: at most, at least, over all, paths with one
      2,
      0,
      5,
      3, // 3x3
      0,
      0,
      0,
      0, // pooling
      3,
      0,
      7,
      3, // convolutions
      3,
      0,
      7,
      3, // all
      2,
      0,
      5,
      3, // that see more than one pixel
      0,
      1,
      0,
      3 // paths of nothing but 1x1, 3x3, pooling, convolutions
    };

    assertThat(BEST.shape()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(BEST.shape().get(List.of(i)))
          .as("number %d", i)
          .isEqualTo(StrictMath.log1p(expected[i]));
    }
  }

  @Test
  void aPathWithNoneIsDeadAndSoIsWhatLeadsNowhere() {
    Structure cut =
        cell(
            "|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|" + "+|nor_conv_1x1~0|none~1|nor_conv_1x1~2|");

    assertThat(cut.words()).isEqualTo(Map.of(List.of(POINT), 1.0, List.of(5, POINT), 1.0));
    assertThat(cut.operators())
        .as("the 3x3 leads nowhere")
        .isEqualTo(Map.of(List.of(5), 1.0, List.of(POINT), 2.0));
    assertThat(cut.places()).as("but it stands where it stands").containsKey(List.of(SQUARE, 0, 1));
  }

  @Test
  void aCellWithoutAPathHasNoWordsAndNoShape() {
    Structure none =
        Structure.of(NasBench201.SPACE.graph(NasBench201.SPACE.withoutAPath().orElseThrow()));

    assertThat(none.words()).isEmpty();
    assertThat(none.shape().values()).containsOnly(0.0);
    assertThat(none.places()).hasSize(6);
  }

  /** Every layer of this network has four operations: five layers have 1,024 paths. */
  @Test
  void morePathsThanCanBeWrittenDownAreCountedAllTheSame() {
    ParallelSpace space = ParallelSpace.PUBLISHED;
    boolean[] bits = space.bits(space.parse(space.random(RandomStream.of(1)).canonical()));
    int layers = space.shape().layers().size();
    int operations = bits.length / layers;
    for (int i = 0; i < bits.length; i++) {
      bits[i] = i % operations < 4; // skip, sep3, sep5, sep7
    }
    Structure structure = Structure.of(space.graph(space.of(bits)));
    double paths = StrictMath.pow(4, layers);

    assertThat(structure.words()).isEmpty();
    assertThat(structure.shape().get(List.of(0))).isEqualTo(StrictMath.log1p(paths));
    assertThat(structure.shape().get(List.of(1))).as("skips alone").isEqualTo(StrictMath.log1p(1));
    assertThat(structure.shape().get(List.of(2))).isEqualTo(StrictMath.log1p(layers));
    assertThat(structure.shape().get(List.of(4))).isEqualTo(StrictMath.log1p(layers * paths / 4));
    assertThat(structure.shape().get(List.of(5)))
        .isEqualTo(StrictMath.log1p(paths - StrictMath.pow(3, layers)));
  }

  @Test
  void cellsOfTwoTypesHaveTheirPathsTogether() {
    Structure genotype =
        Structure.of(DartsSpace.SPACE.graph(DartsSpace.SPACE.random(RandomStream.of(3))));

    assertThat(genotype.operators().values().stream().mapToDouble(each -> each).sum())
        .as("every operator of both cells is on a path to the output")
        .isEqualTo(16);
    assertThat(genotype.words()).isNotEmpty();
  }
}
