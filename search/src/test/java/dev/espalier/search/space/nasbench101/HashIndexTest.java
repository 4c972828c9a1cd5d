package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A NAS-Bench-101 cell")
class HashIndexTest {
  @Test
  void isFoundByItsHash() throws IOException {
    for (PublishedCell each : PublishedCell.golden("hashes.json")) {
      assertThat(GraphCell.ofHash(each.hash())).isEqualTo(each.cell());
    }
    // The first of the official table (data/nasbench101/README.md).
    GraphCell first = GraphCell.parse(" \"00005C142E6F48AC74FDCF73E3439874\",");
    assertThat(first.hash()).isEqualTo("00005c142e6f48ac74fdcf73e3439874");
    assertThat(GraphCell.parse(first.canonical())).isEqualTo(first);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void hasTheBeginningOfItsHashInTheResource(long seed) {
    RandomStream stream = RandomStream.of(seed, "hashes");
    for (int draw = 0; draw < 1_000; draw++) {
      int number = stream.nextInt(AllCells.COUNT);
      assertThat("%04x".formatted(HashIndex.get().beginning(number)))
          .as("number %d", number)
          .isEqualTo(GraphCell.ofIndex(number).hash().substring(0, 4));
    }
  }

  @Test
  void isNotFoundByAHashThatNoneHas() {
    assertThatThrownBy(() -> GraphCell.parse("00005c142e6f48ac74fdcf73e3439875"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith(
            "no cell of NAS-Bench-101 has the hash 00005c142e6f48ac74fdcf73e3439875");
    assertThatThrownBy(() -> GraphCell.ofHash("00005c142e6f48ac74fdcf73e343987"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("32 hexadecimal digits");
  }
}
