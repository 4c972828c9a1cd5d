package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.network.GoldenNetworks;
import dev.espalier.learning.network.GoldenNetworks.Golden;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** golden/tenas/linear_regions.json: every bit of every pattern, and the counts. */
class GoldenRegionsTest {
  private static final int BATCH = 1000;

  private final Torch torch = Torch.cpu();

  static List<Golden> networks() {
    return GoldenNetworks.thin();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void patternsAndCountsAreThoseOfThePublishedProgram(Golden golden) {
    byte[] expected = GoldenNetworks.bytes(golden.golden().get("patterns_file").asText());
    int bytesPerRow = golden.golden().get("bytes_per_row").asInt();
    try (Network network =
            new Network(torch, NetworkPlan.thin(1), golden.mask(), golden.weights());
        Tensor samples =
            torch.buffer(GoldenNetworks.floats("lr_input_3000x1x3x3.bin"), 3000, 1, 3, 3)) {
      for (int batch = 0; batch < 3; batch++) {
        ActivationPatterns patterns =
            LinearRegions.patterns(torch, network, golden.mask(), samples, batch * BATCH, BATCH);
        assertThat(patterns.units()).isEqualTo(golden.golden().get("neurons").asInt());
        for (int sample = 0; sample < BATCH; sample++) {
          assertThat(packed(patterns, sample, bytesPerRow))
              .isEqualTo(row(expected, batch * BATCH + sample, bytesPerRow));
        }
      }
      assertThat(LinearRegions.count(torch, network, golden.mask(), samples, BATCH).regions())
          .isEqualTo(golden.golden().get("unique_patterns").asInt());
    }
  }

  /** Most significant bit first. */
  private static byte[] packed(ActivationPatterns patterns, int sample, int bytes) {
    byte[] row = new byte[bytes];
    for (int unit = 0; unit < patterns.units(); unit++) {
      if (patterns.isOn(sample, unit)) {
        row[unit / 8] |= (byte) (0x80 >>> (unit % 8));
      }
    }
    return row;
  }

  private static byte[] row(byte[] rows, int row, int bytes) {
    return Arrays.copyOfRange(rows, row * bytes, (row + 1) * bytes);
  }
}
