package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void countsWhatASetOfWholePatternsCounts(long seed) {
    RandomStream stream = RandomStream.of(seed, "patterns");
    int words = 1 + stream.nextInt(3);
    Patterns patterns = new Patterns(words, 10); // grows on the way
    Set<List<Long>> expected = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      long[] bits = LongStream.range(0, words + 1).map(_ -> stream.nextInt(20)).toArray();
      patterns.add(bits, 1);
      expected.add(LongStream.of(bits).skip(1).boxed().toList());
    }
    assertThat(patterns.count()).isEqualTo(expected.size());
  }

  @Test
  void patternsThatDifferInTheirLastWordAloneAreDifferent() {
    Patterns patterns = new Patterns(2, 4);
    patterns.add(new long[] {7, 1}, 0);
    patterns.add(new long[] {7, 2}, 0);
    patterns.add(new long[] {7, 1}, 0);
    assertThat(patterns.count()).isEqualTo(2);
  }
}
