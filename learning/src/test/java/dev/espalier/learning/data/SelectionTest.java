package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.Selection.Split;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final ImageShape DOT = new ImageShape(1, 1, 1);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void splitIsStratifiedAndComplete(long seed) {
    Images images = Samples.images(DOT, 1003, 10, 1);
    Split split = Selection.stratified(images, 10, 0.2, RandomStream.of(seed, "split"));

    assertThat(images.select(split.validation()).classCounts(10)).containsOnly(20);
    int[] both =
        IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
            .sorted()
            .toArray();
    assertThat(both).isEqualTo(Selection.all(1003));
    assertThat(split.validation())
        .isEqualTo(
            Selection.stratified(images, 10, 0.2, RandomStream.of(seed, "split")).validation())
        .isNotEqualTo(
            Selection.stratified(images, 10, 0.2, RandomStream.of(seed + 100, "split"))
                .validation());
  }

  @Test
  void smallClassesKeepAnImageOnBothSides() {
    Images images = new Images(DOT, new byte[6], new int[] {0, 0, 1, 2, 2, 2});
    Split split = Selection.stratified(images, 3, 0.2, RandomStream.of(1, "split"));
    assertThat(images.select(split.validation()).classCounts(3)).containsExactly(1, 0, 1);
  }

  @Test
  void balancedTakesAsManyOfEachClass() {
    Images images = Samples.images(DOT, 500, 10, 1);
    int[] among = IntStream.range(100, 400).toArray();
    int[] chosen = Selection.balanced(images, among, 10, 45, RandomStream.of(2, "subset"));

    assertThat(images.select(chosen).classCounts(10)).containsExactly(5, 5, 5, 5, 5, 4, 4, 4, 4, 4);
    assertThat(chosen).isSorted().doesNotHaveDuplicates();
    assertThat(chosen[0]).isGreaterThanOrEqualTo(100);
    assertThat(chosen[44]).isLessThan(400);
  }

  @Test
  void balancedFillsUpFromOtherClassesAndTakesAllThereAre() {
    Images images = new Images(DOT, new byte[6], new int[] {0, 0, 0, 0, 1, 1});
    RandomStream stream = RandomStream.of(2, "subset");
    assertThat(
            images
                .select(Selection.balanced(images, Selection.all(6), 2, 5, stream))
                .classCounts(2))
        .containsExactly(3, 2);
    assertThat(Selection.balanced(images, Selection.all(6), 2, 99, stream))
        .isEqualTo(Selection.all(6));
  }

  @Test
  void drawsEachImageOnceBeforeAnyTwice() {
    int[] drawn = Selection.draw(10, 25, RandomStream.of(4, "draw"));
    assertThat(Arrays.copyOfRange(drawn, 0, 10)).containsExactlyInAnyOrder(Selection.all(10));
    assertThat(Arrays.copyOfRange(drawn, 10, 20)).containsExactlyInAnyOrder(Selection.all(10));
    assertThat(Arrays.copyOfRange(drawn, 20, 25)).doesNotHaveDuplicates();
  }

  @Test
  void regionSamplesAreCropsOfOneChannel() {
    ImageDataset dataset = Samples.dataset(new ImageShape(3, 6, 6), 12, 3, 3);
    float[] samples = RegionSamples.draw(dataset, 30, 3, RandomStream.of(9, "regions"));
    RandomStream expected = RandomStream.of(9, "regions");
    int[] images = Selection.draw(12, 30, expected);
    float[][] values = dataset.statistics().normalisation();

    assertThat(samples).hasSize(30 * 9);
    for (int i = 0; i < 30; i++) {
      int top = expected.nextInt(4);
      int left = expected.nextInt(4);
      int channel = expected.nextInt(3);
      assertThat(samples[i * 9 + 5])
          .isEqualTo(values[channel][dataset.train().pixel(images[i], channel, top + 1, left + 2)]);
    }
  }
}
