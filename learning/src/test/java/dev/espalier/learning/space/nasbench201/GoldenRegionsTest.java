package dev.espalier.learning.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.indicator.ActivationPatterns;
import dev.espalier.learning.indicator.LinearRegions;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.space.nasbench201.network.GoldenNetworks;
import dev.espalier.learning.space.nasbench201.network.GoldenNetworks.Golden;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** golden/tenas/linear_regions.json: every bit of every pattern, and the counts. */
class GoldenRegionsTest {
  private static final int BATCH = 1000;

  static List<Golden> networks() {
    return GoldenNetworks.thin();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void patternsAndCountsAreThoseOfThePublishedProgram(Golden golden) {
    byte[] expected = GoldenNetworks.bytes(golden.golden().get("patterns_file").asText());
    int bytesPerRow = golden.golden().get("bytes_per_row").asInt();
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : NetworkPlan.thin(1).parameters(golden.mask())) {
      parameters.put(each.name(), golden.weights().values(each));
    }
    ThinCell network = new ThinCell(NetworkPlan.thin(1), 3, parameters, golden.mask());
    float[] samples = GoldenNetworks.floats("lr_input_3000x1x3x3.bin");
    for (int batch = 0; batch < 3; batch++) {
      ActivationPatterns patterns = network.patterns(samples, batch * BATCH, BATCH);
      assertThat(patterns.units()).isEqualTo(golden.golden().get("neurons").asInt());
      for (int sample = 0; sample < BATCH; sample++) {
        assertThat(packed(patterns, sample, bytesPerRow))
            .isEqualTo(row(expected, batch * BATCH + sample, bytesPerRow));
      }
    }
    LinearRegions.Count count =
        LinearRegions.count(3000, BATCH, from -> network.patterns(samples, from, BATCH));
    assertThat(count.regions()).isEqualTo(golden.golden().get("unique_patterns").asInt());
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
