package dev.espalier.search.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpaces;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A NAS-Bench-201 cell as public programs spell it")
class CellSpellingsTest {
  private static final Cell WANTED =
      Cell.parse(
          "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "|avg_pool_3x3~0| + |nor_conv_1x1~0|skip_connect~1| + |nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
        "'|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|',",
        "\"|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|\"",
        "arch = |avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
        "arch_str: '|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|'",
        "|avg_pool_3x3 ~ 0|+\n|nor_conv_1x1 ~ 0|skip_connect ~ 1|+\n|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
        "Structure(4 nodes with "
            + "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|)",
        "best : Structure(4 nodes with "
            + "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|)",
        "[[('avg_pool_3x3', 0)], [('nor_conv_1x1', 0), ('skip_connect', 1)], [('nor_conv_1x1', 0), "
            + "('skip_connect', 1), ('skip_connect', 2)]]",
        "((('avg_pool_3x3', 0),), (('nor_conv_1x1', 0), ('skip_connect', 1)), (('nor_conv_1x1', 0), "
            + "('skip_connect', 1), ('skip_connect', 2)))",
        "(('avg_pool_3x3', 0), (('skip_connect', 1), ('nor_conv_1x1', 0)), (('nor_conv_1x1', 0), "
            + "('skip_connect', 1), ('skip_connect', 2)))",
        "['avg_pool_3x3', 'nor_conv_1x1', 'skip_connect', 'nor_conv_1x1', 'skip_connect', 'skip_connect']",
        "(4, 3, 3, 0, 0, 0)",
        "[4, 3, 3, 0, 0, 0]",
        "op_indices = (np.int64(4), 3, 3, 0, 0, 0)",
        "[4 3 3 0 0 0]",
        "b'|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|'",
        "\u201C|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|\u201D",
        "｜avg_pool_3x3～0｜＋｜nor_conv_1x1～0｜skip_connect～1｜＋｜nor_conv_1x1～0｜skip_connect～1｜skip_connect～2｜",
      })
  void isRead(String text) {
    assertThat(Cell.parse(text)).isEqualTo(WANTED);
  }

  /** NASLib's edges 1-2, 1-3, 1-4, 2-3, 2-4, 3-4 are 1←0, 2←0, 3←0, 2←1, 3←1, 3←2. */
  @Test
  void ofNaslibHasEdgesInAnotherOrder() {
    assertThat(Cell.parse("(0, 1, 2, 3, 4, 0)").canonical())
        .isEqualTo(
            "|skip_connect~0|+|none~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|skip_connect~2|");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "4213",
        " #4213\n",
        "arch-index 4213",
        "arch_index=4213",
        "index: 4213",
        "'4213'",
        "4,213",
        "004213"
      })
  void isReadByItsIndex(String text) {
    assertThat(Cell.parse(text)).isEqualTo(Cell.ofIndex(4_213));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '$',
      value = {
        "15625;index must be between 0 and 15624, but was 15625",
        "Genotype(normal=[('sep_conv_3x3', 0)]);not a NAS-Bench-201 cell, but a genotype: its space is darts",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|+|none~0|none~1|none~2|none~3|;a cell of 5 nodes: "
            + "the cells of NAS-Bench-201 have 4",
        "[[('none', 0)], [('none', 0), ('none', 1)]];a cell of 3 nodes",
        "[[('none', 0)], [('none', 0), ('none', 1)], [('none', 0), ('none', 1)]];no operator is given from node "
            + "2 to node 3",
        "[[('none', 0)], [('none', 0), ('none', 1)], [('none', 0), ('none', 1), ('none', 1)]];a second operator "
            + "is given from node 1 to node 3",
        "[[('none', 1)], [('none', 0), ('none', 1)], [('none', 0), ('none', 1), ('none', 2)]];expected a node "
            + "before node 1, but found 1",
        "(0, 1, 2, 3, 4, 5);NASLib's order, 0 to 4, but found 5",
        "(0, 1, 2, 3, 4);a list must have",
        "64:32:16:8:24;channels of NATS-Bench's size space",
        "skip|sep3;their space is parallel-ops",
        "['conv3x3-bn-relu', 'maxpool3x3'];a cell of NAS-Bench-101",
        "[[0,0,1,0,0],[1,0,0,0,0],[0,1,0,0,0],[0,0,0,0,1],[0,1,0,0,0],[0,1,0,0,0]];but a one-hot encoding, and",
        "[[0., 1.], [1., 0.]];but a one-hot encoding, and in which order it has the operators only its program knows",
      })
  void isNamedForWhatItIs(String text, String message) {
    assertThatThrownBy(() -> Cell.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void isRecognisedByItsOperators() {
    assertThat(SearchSpaces.recognising("[[('nor_conv_3x3', 0)], [], []]").name())
        .isEqualTo(NasBench201.NAME);
    assertThat(SearchSpaces.recognising("(4, 3, 3, 0, 0, 0)").name()).isEqualTo(NasBench201.NAME);
  }
}
