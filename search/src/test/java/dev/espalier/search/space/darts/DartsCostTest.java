package dev.espalier.search.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Cost;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a genotype's network costs")
class DartsCostTest {
  private static final Genotype DARTS_V2 = Genotype.parse(PublishedGenotypes.DARTS_V2);

  @Test
  void isWhatDartsReportsForCifar() {
    // Liu et al. 2019, table 1: 3.3 M parameters, auxiliary head left out.
    Cost cost = DartsCost.of(DARTS_V2, DartsShape.CIFAR);
    assertThat(cost).isEqualTo(new Cost(528_359_050, 3_349_342));
  }

  @Test
  void isWhatDartsReportsForImageNet() {
    // Liu et al. 2019, table 3: 4.7 M parameters.
    Cost cost = DartsCost.of(DARTS_V2, DartsShape.IMAGENET);
    assertThat(cost.parameters()).isEqualTo(4_718_752);
    // The paper says 574 M multiply-adds; who counted again found fewer (quark0/darts, issue 46):
    // 523 M in convolutions and linear layer, 545 M with norms and pools.
    assertThat(cost.macs() / 1e6).isBetween(523.0, 545.0);
  }

  @Test
  void dependsOnWhatStandsInTheCells() {
    Genotype pools =
        Genotype.parse(
            DARTS_V2.canonical().replaceAll("(sep|dil)_conv_3x3|skip_connect", "avg_pool_3x3"));
    DartsShape small = new DartsShape(DartsShape.Stem.CIFAR, 2, 1, 3, 8, 3);
    // One reduction cell of 4 channels behind a stem of 6: two 1x1 convolutions with batch norm,
    // then a linear layer from 16 channels to 3.
    long stem = 3 * 3 * 3 * 6 + 2 * 6;
    long inputs = 2 * (6 * 4 + 2 * 4);
    assertThat(DartsCost.of(pools, small).parameters()).isEqualTo(stem + inputs + 16 * 3 + 3);
    assertThat(DartsCost.of(pools, small).macs())
        .isEqualTo(64 * (3 * 3 * 3 * 6) + 64 * 2 * (6 * 4) + 16 * 3 + 3);
  }

  @Test
  void isToldForTheNetworkOfTheSpace() {
    assertThat(DartsSpace.SPACE.standardCost(DARTS_V2))
        .isEqualTo(DartsCost.of(DARTS_V2, DartsShape.CIFAR));
    assertThatThrownBy(() -> new DartsShape(DartsShape.Stem.CIFAR, 0, 20, 10, 32, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("channels must be at least 1, but was 0");
  }
}
