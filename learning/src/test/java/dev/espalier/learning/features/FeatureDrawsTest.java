package dev.espalier.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.meta.SetDraw;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FeatureDrawsTest {
  /** Features that say whose they are: class and image. */
  private record Marked(List<Integer> counts) implements ClassFeatures {
    Marked(Integer... counts) {
      this(List.of(counts));
    }

    @Override
    public int classes() {
      return counts.size();
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public int count(int classNumber) {
      return counts.get(classNumber);
    }

    @Override
    public void row(int classNumber, int image, float[] into, int at) {
      into[at] = classNumber;
      into[at + 1] = image;
    }

    @Override
    public String digest() {
      return "marked";
    }
  }

  @Test
  void drawsDifferentImagesOfEveryClassInTheOrderGiven() {
    Marked features = new Marked(5, 9, 7);
    SetDraw draw = FeatureDraws.draw(features, new int[] {2, 0}, 5, RandomStream.of(0, "a test"));

    assertThat(draw.classes()).isEqualTo(2);
    assertThat(draw.perClass()).isEqualTo(5);
    Set<Float> images = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      assertThat(draw.features()[2 * i]).isEqualTo(2);
      images.add(draw.features()[2 * i + 1]);
      assertThat(draw.features()[10 + 2 * i]).isZero();
    }
    assertThat(images).hasSize(5).allMatch(each -> each < 7);
  }

  @Test
  void everyImageIsDrawnAsOftenAsAnyOther() {
    Marked features = new Marked(4);
    int[] drawn = new int[4];
    RandomStream stream = RandomStream.of(3, "a test");
    for (int i = 0; i < 4_000; i++) {
      SetDraw draw = FeatureDraws.draw(features, new int[] {0}, 2, stream);
      drawn[(int) draw.features()[1]]++;
      drawn[(int) draw.features()[3]]++;
    }
    assertThat(Arrays.stream(drawn).boxed())
        .allSatisfy(
            count -> assertThat(count).isBetween(1_850, 2_150)); // 2,000, with a deviation of 32
  }

  @Test
  void tellsEveryClassThatIsNotThereOrHasTooFewImages() {
    assertThatThrownBy(() ->
            FeatureDraws.draw(
                new Marked(5, 2), new int[] {0, 1, 7}, 3, RandomStream.of(0, "a test")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("class 7 is not among these features")
        .hasMessageContaining("class 1 has features of 2 images, but 3 are to be drawn");
  }
}
