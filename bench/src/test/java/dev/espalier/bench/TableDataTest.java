package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Images;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableDataTest {

  @Test
  void imagesInPlaceOfImageNetsAreAveragedToSixteenPixelsWithAHundredAndTwentyOutputs() {
    ImageShape shape = new ImageShape(3, 32, 32);
    byte[] pixels = new byte[2 * shape.size()];
    pixels[0] = 100; // one of the four pixels that become the first
    Images images = new Images(shape, pixels, new int[] {1, 0});

    ImageDataset small =
        TableData.inPlace(new ImageDataset("large", List.of("a", "b"), images, images));

    assertThat(small.shape()).isEqualTo(new ImageShape(3, 16, 16));
    assertThat(small.classes()).isEqualTo(120);
    assertThat(small.train().count()).isEqualTo(2);
    assertThat(small.train().label(0)).isEqualTo(1);
    assertThat(small.train().pixel(0, 0, 0, 0)).isEqualTo(25);
  }

  @Test
  void anUnknownDataSetIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> TableData.parse("imagenet"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("cifar10, cifar100, imagenet16-120");
  }
}
