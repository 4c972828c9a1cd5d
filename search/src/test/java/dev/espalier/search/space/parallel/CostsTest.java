package dev.espalier.search.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The costs of parallel operations")
class CostsTest {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;
  private static final Costs COSTS = new Costs(MacroShape.PUBLISHED, 32, 3, 100);

  private static JsonNode golden() throws IOException {
    return Json.read(
        Files.readString(SharedData.file("golden/gnn_evolution/macs.json")), JsonNode.class);
  }

  /** The published numbers are millions, as sums of doubles. */
  private static long macs(JsonNode millions) {
    return Math.round(millions.doubleValue() * 1e6);
  }

  @Test
  void areThePublishedOnesOfEveryPart() throws IOException {
    JsonNode golden = golden();
    assertThat(COSTS.fixed()).isEqualTo(cost(golden.get("fixed_part")));
    assertThat(golden.get("per_op")).hasSize(30);
    for (int layer = 0; layer < 5; layer++) {
      for (int operation = 0; operation < 6; operation++) {
        String name = "layer%d/op%d".formatted(layer, operation);
        assertThat(COSTS.part(layer, operation))
            .as(name)
            .isEqualTo(cost(golden.get("per_op").get(name)));
      }
    }
  }

  private static Cost cost(JsonNode part) {
    return new Cost(macs(part.get("macs_m")), part.get("params").longValue());
  }

  @Test
  void areThePublishedOnesOfAll300Networks() throws IOException {
    JsonNode golden = golden();
    List<boolean[]> networks = PublishedNetworks.bits();
    assertThat(golden.get("arch_macs_m")).hasSize(300);
    for (int i = 0; i < 300; i++) {
      assertThat(COSTS.of(SPACE.of(networks.get(i))))
          .as("network %d", i)
          .isEqualTo(
              new Cost(
                  macs(golden.get("arch_macs_m").get(i)),
                  golden.get("arch_params").get(i).longValue()));
    }
  }

  @Test
  void areThePublishedOnesOfTheEvolvedNetwork() throws IOException {
    assertThat(COSTS.of(SPACE.of(PublishedNetworks.evolved())))
        .isEqualTo(new Cost(14_461_696, 740_132));
  }

  @Test
  void areCountedLayerByLayerAtAnyOtherSize() {
    // By hand: 8x8 gray images, 10 classes; a layer that halves and one that does not.
    MacroShape shape =
        new MacroShape(
            4,
            List.of(new LayerShape(6, 2), new LayerShape(6, 1)),
            List.of(Operation.DILATED_3, Operation.SKIP),
            10);
    Costs costs = new Costs(shape, 8, 1, 10);
    assertThat(costs.fixed())
        .isEqualTo(
            new Cost(
                9 * 4 * 64 + 6 * 10 * 16, // stem at 8x8, tail at 4x4
                9 * 4 + 8 + 6 * 10 + 20 + 10 * 10 + 10));
    assertThat(costs.part(0, 0)).isEqualTo(new Cost((9 * 4 + 4 * 6) * 16, 9 * 4 + 4 * 6 + 12));
    assertThat(costs.part(0, 1)).isEqualTo(new Cost(4 * 6 * 16, 4 * 6 + 12));
    assertThat(costs.part(1, 1)).isEqualTo(Cost.NOTHING);
    assertThat(costs.of(ParallelArchitecture.parse("dil3|skip")))
        .isEqualTo(costs.fixed().plus(costs.part(0, 0)));
  }
}
