package dev.espalier.search.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A random stream")
class RandomStreamTest {
  private static List<Long> numbers(RandomStream stream) {
    return IntStream.range(0, 5).mapToObj(i -> stream.nextLong()).toList();
  }

  @Test
  void hasTheSameNumbersForever() {
    // Written down once by this program: results are compared over machines and years, so these
    // must never change.
    RandomStream stream = RandomStream.of(0, "golden", 1);
    assertThat(stream.nextLong()).isEqualTo(5306219766098414805L);
    assertThat(stream.nextDouble()).isEqualTo(0.9445855217556766);
    assertThat(stream.nextInt(1000)).isEqualTo(380);
    assertThat(stream.nextGaussian()).isEqualTo(1.8024059015418952);
    assertThat(stream.permutation(8)).containsExactly(6, 4, 1, 5, 3, 7, 0, 2);
  }

  @Test
  void isNamedByItsSeedAndPathOnly() {
    assertThat(numbers(RandomStream.of(7, "a", 1))).isEqualTo(numbers(RandomStream.of(7, "a", 1L)));
  }

  @Test
  void hasANameOfItsOwnHoweverPathsAreCut() {
    Set<List<Long>> streams = new HashSet<>();
    List<RandomStream> different =
        List.of(
            RandomStream.of(7),
            RandomStream.of(8),
            RandomStream.of(7, "ab"),
            RandomStream.of(7, "a", "b"),
            RandomStream.of(7, "", "ab"),
            RandomStream.of(7, "ab", ""),
            RandomStream.of(7, 1, 2),
            RandomStream.of(7, 12),
            RandomStream.of(7, "12"),
            RandomStream.of(7, 1, "2"));
    different.forEach(stream -> streams.add(numbers(stream)));
    assertThat(streams).hasSameSizeAs(different);
  }

  @Test
  void refusesPathsWithoutAnUnambiguousSpelling() {
    assertThatThrownBy(() -> RandomStream.of(0, 0.5)).hasMessageContaining("java.lang.Double");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, -1})
  void drawsEveryWholeNumberBelowTheBoundEquallyOften(long seed) {
    RandomStream stream = RandomStream.of(seed, "int");
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[stream.nextInt(7)]++;
    }
    // Binomial deviation is 93: 5 deviations.
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_535, 10_465));
  }

  @Test
  void hasNoBiasForLargeBounds() {
    // Without rejection, 2^32 words over 1.5 x 2^30 numbers: a third of them would come up with 2
    // words, not 3.
    RandomStream stream = RandomStream.of(1, "bias");
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[stream.nextInt(3 << 29) % 3]++;
    }
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_590, 10_410)); // 5 deviations
  }

  @Test
  void takesBoundsUpToTheLargestInt() {
    RandomStream stream = RandomStream.of(1, "bounds");
    for (int bound : new int[] {1, 2, 3, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE}) {
      for (int i = 0; i < 100; i++) {
        assertThat(stream.nextInt(bound)).isBetween(0, bound - 1);
      }
    }
    assertThatThrownBy(() -> stream.nextInt(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void drawsNormalNumbers(long seed) {
    float[] numbers = new float[100_000];
    RandomStream.of(seed, "gaussian").fillGaussian(numbers, 2);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (float number : numbers) {
      double standard = number / 2.0;
      mean += standard / numbers.length;
      square += standard * standard / numbers.length;
      fourth += standard * standard * standard * standard / numbers.length;
    }
    assertThat(mean).isCloseTo(0, within(0.016)); // 5 deviations of 1/sqrt(100,000)
    assertThat(square).isCloseTo(1, within(0.023));
    assertThat(fourth).isCloseTo(3, within(0.16));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void drawsUniformNumbersBetweenTheLimits(long seed) {
    float[] numbers = new float[100_000];
    RandomStream.of(seed, "uniform").fillUniform(numbers, -3, 5);
    double mean = 0;
    for (float number : numbers) {
      if (!(number >= -3 && number <= 5)) {
        throw new AssertionError(number + " is not between -3 and 5");
      }
      mean += (double) number / numbers.length;
    }
    assertThat(mean).isCloseTo(1, within(0.037)); // 5 x 8/sqrt(12 x 100,000)
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void permutesWithoutLoss(long seed) {
    int[] order = RandomStream.of(seed, "order").permutation(1_000);
    assertThat(Arrays.stream(order).boxed())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1_000).boxed().toList());
    assertThat(order).isNotEqualTo(IntStream.range(0, 1_000).toArray());
  }

  @Test
  void permutesThreeThingsInAllSixOrdersEquallyOften() {
    RandomStream stream = RandomStream.of(0, "orders");
    java.util.Map<String, Integer> counts = new java.util.TreeMap<>();
    for (int i = 0; i < 60_000; i++) {
      counts.merge(Arrays.toString(stream.permutation(3)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(6);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(9_540, 10_460));
  }

  @Test
  void tossesAFairCoin() {
    RandomStream stream = RandomStream.of(0, "coin");
    long heads = IntStream.range(0, 10_000).filter(i -> stream.nextBoolean()).count();
    assertThat(heads).isBetween(4_750L, 5_250L);
  }
}
