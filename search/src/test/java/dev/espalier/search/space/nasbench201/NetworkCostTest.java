package dev.espalier.search.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Cost;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A network's cost")
class NetworkCostTest {
  private static Cell all(Operator operator) {
    return new Cell(Collections.nCopies(6, operator));
  }

  @ParameterizedTest(name = "all {0}: {1} parameters, {2} MACs")
  @CsvSource({
    // specs/te-nas.md, section 3
    "NONE, 73306, 7783050",
    "SKIP_CONNECT, 73306, 7783050",
    "AVG_POOL_3X3, 73306, 7783050",
    "NOR_CONV_1X1, 241306, 31376010",
    "NOR_CONV_3X3, 1531546, 220119690"
  })
  void isThePublishedOneAtTheStandardSize(Operator operator, long parameters, long macs) {
    assertThat(NetworkCost.of(all(operator), NetworkShape.STANDARD))
        .isEqualTo(new Cost(macs, parameters));
  }

  @Test
  void isCountedLayerByLayerAtAnyOtherSize() {
    // By hand, C=8, N=1, 10 classes, 3x16x16.
    NetworkShape quick = new NetworkShape(8, 1, 10, 16, 3);
    long stem = 3 * 8 * 9;
    long down1 = 8 * 16 * 9 + 16 * 16 * 9 + 8 * 16;
    long down2 = 16 * 32 * 9 + 32 * 32 * 9 + 16 * 32;
    long linear = 32 * 10 + 10;
    long batchNorms = 2 * (8 + 16 + 16 + 32 + 32 + 32);
    assertThat(NetworkCost.of(all(Operator.NONE), quick))
        .isEqualTo(
            new Cost(
                stem * 16 * 16 + down1 * 8 * 8 + down2 * 4 * 4 + linear,
                stem + down1 + down2 + linear + batchNorms));
  }

  @Test
  void growsWithEveryConvolutionByItsWeightsAndBatchNorm() {
    NetworkShape quick = new NetworkShape(8, 2, 10, 16, 1);
    Cost none = NetworkCost.of(all(Operator.NONE), quick);
    Cost one = NetworkCost.of(all(Operator.NONE).with(3, Operator.NOR_CONV_3X3), quick);
    // Two cells a stage; 9 C^2 weights and 2 C of batch norm at C = 8, 16, 32; 9 C^2 S^2 MACs at S
    // = 16, 8, 4.
    assertThat(one.parameters() - none.parameters())
        .isEqualTo(2 * (9 * 64 + 16 + 9 * 256 + 32 + 9 * 1024 + 64));
    assertThat(one.macs() - none.macs()).isEqualTo(2 * 3 * 9 * 64 * 256);
  }

  @Test
  void existsOnlyWhereTheImageCanBeHalvedTwice() {
    assertThatThrownBy(() -> new NetworkShape(8, 1, 10, 14, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("imageSize must be a multiple of 4");
    assertThatThrownBy(() -> new NetworkShape(0, 1, 10, 16, 3))
        .hasMessageContaining("channels must be at least 1");
  }
}
