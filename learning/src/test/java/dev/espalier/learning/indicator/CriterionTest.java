package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriterionTest {

  @Test
  void everyLabelFindsItsOwn() {
    assertThat(Criterion.all())
        .allSatisfy(each -> assertThat(Criterion.parse(each.label())).isSameAs(each));
    assertThat(Criterion.labels()).doesNotHaveDuplicates().contains("grad-norm", "ensemble");
    assertThatThrownBy(() -> Criterion.parse("naswat"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Did you mean naswot?");
  }

  @Test
  void theWorthOfAValueGrowsWithItsCell() {
    assertThat(Indicator.NTK.worth(3.0)).isGreaterThan(Indicator.NTK.worth(4.0));
    assertThat(Indicator.NASWOT.worth(4.0)).isGreaterThan(Indicator.NASWOT.worth(3.0));
    assertThat(Indicator.NTK.worth(1e300)).isGreaterThan(Indicator.NTK.worth(null));
  }

  /** Ranks of three cells: naswot 1, 2, 3; synflow 3, 1.5, 1.5; jacov 2, 3 and 1 for none. */
  @Test
  void theEnsembleSumsTheLogarithmsOfRanks() {
    List<Double> scores =
        Ensemble.LOG_RANK.scores(
            Map.of(
                Indicator.NASWOT, List.of(10.0, 20.0, 30.0),
                Indicator.SYNFLOW, List.of(9.0, 5.0, 5.0),
                Indicator.JACOV, Arrays.asList(-70.0, -65.0, null)));

    assertThat(scores.get(0)).isCloseTo(Math.log(1 / 3. * 1 * 2 / 3), within(1e-12));
    assertThat(scores.get(1)).isCloseTo(Math.log(2 / 3. * 1.5 / 3 * 1), within(1e-12));
    assertThat(scores.get(2)).isCloseTo(Math.log(1 * 1.5 / 3 / 3), within(1e-12));
  }

  @Test
  void aRankingThatRepeatsItselfIsStable() {
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 2), of(3, 4), of(5, 6)))).isEqualTo(1);
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 6), of(3, 4), of(5, 2)))).isEqualTo(-1);
    // even repeats 1, 3, 5; odd ones 4, 2, 6: two of three pairs agree
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 4), of(3, 2), of(5, 6))))
        .isCloseTo(1 / 3., within(1e-12));
  }

  @Test
  void halvesOfManyRepeatsAreTheirMeans() {
    // even: 1, 2 (the last, 90, is left out); odd: 3, 7 against 9, 4
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 3, 1, 7, 90), of(3, 9, 1, 4, 0))))
        .isEqualTo(1);
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 3, 1, 7), of(3, 1, 1, 4)))).isEqualTo(-1);
  }

  @Test
  void oneRepeatOrOneCellOrEqualCellsHaveNoStability() {
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1), of(2)))).isNull();
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 2)))).isNull();
    assertThat(Stability.of(Indicator.SWAP, List.of(of(1, 2), of(1, 2)))).isNull();
  }

  private static List<Double> of(double... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
