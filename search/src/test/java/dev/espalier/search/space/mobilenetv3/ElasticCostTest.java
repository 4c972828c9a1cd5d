package dev.espalier.search.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Cost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The cost of a MobileNetV3 network")
class ElasticCostTest {
  private static final ElasticArchitecture LARGEST = ElasticArchitecture.parse("ks=7, e=6, d=4");
  private static final ElasticArchitecture SMALLEST = ElasticArchitecture.parse("ks=3, e=3, d=2");

  /** Layer by layer by hand, with all channels written down, for the smallest network. */
  @Test
  void isTheSumOfItsLayers() {
    long[][] layers = {
      // in, inner, out, size before, size behind, gate
      {16, 48, 24, 112, 56, 0}, {24, 72, 24, 56, 56, 0},
      {24, 72, 40, 56, 28, 24}, {40, 120, 40, 28, 28, 32},
      {40, 120, 80, 28, 14, 0}, {80, 240, 80, 14, 14, 0},
      {80, 240, 112, 14, 14, 64}, {112, 336, 112, 14, 14, 88},
      {112, 336, 160, 14, 7, 88}, {160, 480, 160, 7, 7, 120},
    };
    long parameters = 3 * 16 * 9 + 2 * 16 + 16 * 9 + 2 * 16 + 16 * 16 + 2 * 16;
    long macs = 112L * 112 * (3 * 16 * 9 + 16 * 9 + 16 * 16);
    for (long[] layer : layers) {
      long inner = layer[1];
      long gate = layer[5];
      parameters += layer[0] * inner + 2 * inner + 9 * inner + 2 * inner;
      parameters += inner * layer[2] + 2 * layer[2];
      parameters += gate == 0 ? 0 : 2 * inner * gate + gate + inner;
      macs += layer[3] * layer[3] * layer[0] * inner;
      macs += layer[4] * layer[4] * (9 * inner + inner * layer[2]) + 2 * inner * gate;
    }
    parameters += 160 * 960 + 2 * 960 + 960 * 1280 + 1280 * 1000 + 1000;
    macs += 7 * 7 * 160 * 960 + 960 * 1280 + 1280 * 1000;
    assertThat(MobileNetV3.SPACE.standardCost(SMALLEST)).isEqualTo(new Cost(macs, parameters));
  }

  @Test
  void growsWithEveryChoiceAndWithTheWidth() {
    Cost least = MobileNetV3.SPACE.standardCost(SMALLEST);
    Cost most = MobileNetV3.SPACE.standardCost(LARGEST);
    // Cai et al. speak of sub-networks from about 100 to 600 million multiply-adds
    assertThat(least.macs()).isBetween(100_000_000L, 140_000_000L);
    assertThat(most.macs()).isBetween(550_000_000L, 620_000_000L);
    assertThat(most.parameters()).isBetween(7_600_000L, 8_000_000L);
    assertThat(new ElasticNetwork(1.2, 2, 0).cost(LARGEST, 224, 1000).macs())
        .isGreaterThan(most.macs());
  }

  /** Channels by the published rule: the nearest multiple of 8, not below nine tenths. */
  @ParameterizedTest(name = "width {0}")
  @CsvSource({
    "1.0, 16, '24 40 80 112 160', 960, 1280",
    "1.2, 24, '32 48 96 136 192', 1152, 1536",
    "0.5, 8, '16 24 40 56 80', 480, 640",
    "0.25, 8, '8 16 24 32 40', 240, 320",
    "0.05, 8, '8 8 8 8 8', 48, 64"
  })
  void countsChannelsInEights(double width, int stem, String stages, int expanded, int features) {
    ElasticNetwork network = new ElasticNetwork(width, 2, 0);
    assertThat(network.stem()).isEqualTo(stem);
    assertThat(network.expanded()).isEqualTo(expanded);
    assertThat(network.features()).isEqualTo(features);
    List<String> widths = new ArrayList<>();
    network.places(SMALLEST).stream()
        .filter(place -> place.slot() == 0 && place.stage() >= 0)
        .forEach(place -> widths.add(String.valueOf(place.out())));
    assertThat(String.join(" ", widths)).isEqualTo(stages);
  }

  @Test
  void isOfANetworkThatCanBe() {
    assertThatThrownBy(() -> new ElasticNetwork(0.04, 3, 1))
        .isInstanceOfSatisfying(
            InvalidInput.class, wrong -> assertThat(wrong.problems()).hasSize(3));
    assertThatThrownBy(() -> new ElasticNetwork(Double.NaN, 1, 0)).isInstanceOf(InvalidInput.class);
  }
}
