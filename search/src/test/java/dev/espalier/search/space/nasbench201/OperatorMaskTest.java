package dev.espalier.search.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A supernet's state")
class OperatorMaskTest {
  private static final OperatorMask FULL = OperatorMask.full(NasBench201.publishedOperators());

  @Test
  void startsWithTheSameOperatorsOnEveryEdge() {
    assertThat(FULL.size()).isEqualTo(24);
    assertThat(FULL.on(5))
        .containsExactly(
            Operator.SKIP_CONNECT,
            Operator.NOR_CONV_1X1,
            Operator.NOR_CONV_3X3,
            Operator.AVG_POOL_3X3);
    assertThat(FULL.isSinglePath()).isFalse();
  }

  @Test
  void keepsOperatorsInTheirOrderHoweverTheyWereGiven() {
    Set<Operator> backwards =
        new LinkedHashSet<>(List.of(Operator.AVG_POOL_3X3, Operator.SKIP_CONNECT));
    assertThat(OperatorMask.full(backwards).on(0))
        .containsExactly(Operator.SKIP_CONNECT, Operator.AVG_POOL_3X3);
    assertThat(OperatorMask.full(backwards))
        .isEqualTo(OperatorMask.full(EnumSet.of(Operator.SKIP_CONNECT, Operator.AVG_POOL_3X3)));
  }

  @Test
  void losesOneOperatorAndLeavesItsPredecessorAsItWas() {
    OperatorMask pruned = FULL.without(2, Operator.NOR_CONV_1X1);
    assertThat(pruned.on(2))
        .containsExactly(Operator.SKIP_CONNECT, Operator.NOR_CONV_3X3, Operator.AVG_POOL_3X3);
    assertThat(pruned.on(1)).isEqualTo(FULL.on(1));
    assertThat(FULL.isActive(2, Operator.NOR_CONV_1X1)).isTrue();
    assertThat(pruned.isActive(2, Operator.NOR_CONV_1X1)).isFalse();
  }

  @Test
  void keepsTheLastOperatorOfAnEdge() {
    OperatorMask single = Cell.ofIndex(6111).mask();
    assertThatThrownBy(() -> single.without(0, Operator.NOR_CONV_3X3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("nor_conv_3x3 is the last operator on edge 1<-0");
    assertThatThrownBy(() -> single.without(0, Operator.NONE)).hasMessageContaining("not active");
    assertThatThrownBy(() -> OperatorMask.full(Set.of())).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void isPrintedAndParsedWithoutLoss(long seed) {
    OperatorMask mask = random(RandomStream.of(seed, "mask"));
    assertThat(OperatorMask.parse(mask.canonical())).isEqualTo(mask);
    assertThat(Json.read(Json.write(mask), OperatorMask.class)).isEqualTo(mask);
  }

  private static OperatorMask random(RandomStream stream) {
    return new OperatorMask(
        Edge.ALL.stream()
            .<Set<Operator>>map(edge -> {
              Set<Operator> active = EnumSet.of(Operator.ALL.get(stream.nextInt(5)));
              Operator.ALL.stream().filter(operator -> stream.nextBoolean()).forEach(active::add);
              return active;
            })
            .toList());
  }

  @Test
  void isWrittenLikeACellWithSeveralOperatorsOnAnEdge() {
    assertThat(Cell.ofIndex(6111).mask().canonical()).isEqualTo(Cell.ofIndex(6111).canonical());
    assertThat(
            OperatorMask.parse("|none,skip_connect~0|+|none~0|none~1|+|none~0|none~1|none~2|")
                .on(0))
        .containsExactly(Operator.NONE, Operator.SKIP_CONNECT);
    assertThatThrownBy(
            () -> OperatorMask.parse("|none,skip~0|+|none~0|none~1|+|none~0|none~1|none~2|"))
        .hasMessageStartingWith("at position 7: unknown operator \"skip\"");
  }

  @Test
  void becomesACellWhenOnePathIsLeft() {
    assertThat(Cell.ofIndex(11).mask().isSinglePath()).isTrue();
    assertThat(Cell.ofIndex(11).mask().cell()).isEqualTo(Cell.ofIndex(11));
    assertThatThrownBy(FULL::cell)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not a single cell");
  }
}
