package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
