package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sample of architectures")
class SamplingTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void holdsDifferentOnesWithinTheLimit(long seed) {
    List<Genome> sample =
        Sampling.unique(TestSpaces.PUBLISHED, CostLimits.macs(12_000_000), 300, seed, "test");
    assertThat(sample).hasSize(300).doesNotHaveDuplicates();
    CostTable macs = TestSpaces.PUBLISHED.costs().getFirst();
    assertThat(sample).allMatch(genome -> macs.of(genome) <= 12_000_000);
    assertThat(sample)
        .as("not the cheapest ones only")
        .anyMatch(genome -> macs.of(genome) > 11_800_000);
  }

  @Test
  void beginsLikeALargerOne() {
    List<Genome> large = Sampling.unique(TestSpaces.PUBLISHED, CostLimits.NONE, 50, 0, "test");
    assertThat(Sampling.unique(TestSpaces.PUBLISHED, CostLimits.NONE, 20, 0, "test"))
        .isEqualTo(large.subList(0, 20));
    assertThat(Sampling.unique(TestSpaces.PUBLISHED, CostLimits.NONE, 20, 1, "test"))
        .isNotEqualTo(large.subList(0, 20));
  }

  @Test
  void takesAWholeSpaceButNoMore() {
    assertThat(Sampling.unique(TestSpaces.SMALL, CostLimits.NONE, 49, 0, "test"))
        .hasSize(49)
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> Sampling.unique(TestSpaces.SMALL, CostLimits.NONE, 50, 0, "test"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("50 architectures")
        .hasMessageContaining("only 49");
  }

  @Test
  void findsRareOnesByChanceToo() {
    // So few of a milliard that no uniform draw hits one.
    CostLimits tight = CostLimits.macs(7_800_000);
    List<Genome> sample = Sampling.unique(TestSpaces.PUBLISHED, tight, 8, 0, "test");
    assertThat(sample).hasSize(8).doesNotHaveDuplicates();
    assertThat(Sampling.unique(TestSpaces.PUBLISHED, tight, 8, 1, "test")).isNotEqualTo(sample);
  }
}
