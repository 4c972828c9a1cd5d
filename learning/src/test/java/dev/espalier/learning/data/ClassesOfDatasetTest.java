package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassesOfDatasetTest {
  private static final ImageShape PIXEL = new ImageShape(1, 1, 1);

  private static final ImageDataset WHOLE =
      new ImageDataset(
          "it",
          List.of("a", "b", "c"),
          new Images(PIXEL, new byte[] {10, 20, 30, 11, 21}, new int[] {0, 1, 2, 0, 1}),
          new Images(PIXEL, new byte[] {31, 12}, new int[] {2, 0}));

  @Test
  void hasTheImagesOfThoseClassesAloneUnderNewLabels() {
    ImageDataset part = WHOLE.ofClasses(2, 0);

    assertThat(part.classNames()).containsExactly("c", "a");
    assertThat(part.train().count()).isEqualTo(3);
    assertThat(part.train().pixel(0, 0, 0, 0)).isEqualTo(10);
    assertThat(part.train().label(0)).isEqualTo(1);
    assertThat(part.train().pixel(1, 0, 0, 0)).isEqualTo(30);
    assertThat(part.train().label(1)).isZero();
    assertThat(part.test().classCounts(2)).containsExactly(1, 1);
    assertThat(part.digest()).isNotEqualTo(WHOLE.digest());
    assertThat(WHOLE.ofClasses(0, 1, 2).digest()).isEqualTo(WHOLE.digest());
  }

  @Test
  void refusesAClassThatIsNotThere() {
    assertThatThrownBy(() -> WHOLE.ofClasses(0, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("has no class 3: it has 3");
  }
}
