package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A genome")
class GenomeTest {
  private static boolean[] bits(JsonNode array) {
    boolean[] bits = new boolean[array.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = array.get(i).asInt() == 1;
    }
    return bits;
  }

  /** {@code golden/gnn_evolution/ga_operators.json}. */
  @Test
  void isCrossedAndMutatedAsPublished() throws IOException {
    JsonNode golden =
        Json.read(
            Files.readString(SharedData.file("golden/gnn_evolution/ga_operators.json")),
            JsonNode.class);
    assertThat(golden.get("cases")).hasSize(12);
    CostTable macs = TestSpaces.PUBLISHED.costs().getFirst();
    for (JsonNode one : golden.get("cases")) {
      Genome first = Genome.of(bits(golden.get("parents").get(one.get("parent1").asInt())));
      Genome second = Genome.of(bits(golden.get("parents").get(one.get("parent2").asInt())));
      Genome crossed = first.crossed(second, one.get("cross_point").asInt());
      assertThat(crossed).isEqualTo(Genome.of(bits(one.get("child_after_crossover"))));
      Genome mutated =
          crossed.replaced(bits(one.get("mutate_mask")), bits(one.get("mutate_value")));
      assertThat(mutated).isEqualTo(Genome.of(bits(one.get("child_after_mutation"))));
      assertThat(macs.of(mutated))
          .isEqualTo((double) Math.round(one.get("macs_m").doubleValue() * 1e6));
    }
  }

  @Test
  void hasEachBitDrawnAnewWithTheProbability() {
    RandomStream random = RandomStream.of(0, "mutation");
    Genome zeros = new Genome("0".repeat(30));
    int changed = 0;
    for (int i = 0; i < 10_000; i++) {
      changed += zeros.distance(zeros.mutated(0.1, random));
    }
    // Half of those drawn anew change: 30 x 0.1 / 2; deviation of the mean 0.012.
    assertThat(changed / 10_000.0).isCloseTo(1.5, within(0.05));
  }

  @Test
  void isItsBitsAsText() {
    Genome genome = Genome.of(true, false, true, true);
    assertThat(genome.bits()).isEqualTo("1011");
    assertThat(genome.flipped(1)).isEqualTo(new Genome("1111"));
    assertThat(genome.selection(1, 2)).isEqualTo(3);
    assertThat(genome.selection(0, 2)).isEqualTo(1);
    assertThat(Json.write(genome)).isEqualTo("\"1011\"");
    assertThat(Json.read("\"1011\"", Genome.class)).isEqualTo(genome);
    assertThatThrownBy(() -> new Genome("10x1"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'x' at position 3");
  }
}
