package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkImagesTest {
  private static ImageDataset square(int side, int channels) {
    return Samples.dataset(new ImageShape(channels, side, side), 20, 10, 5);
  }

  @Test
  void normalisesByTheTrainPart() {
    NetworkImages images = NetworkImages.of(square(8, 3), 8);
    float[] batch = images.batch(images.train(), Selection.all(20));

    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int image = 0; image < 20; image++) {
        for (int i = 0; i < 64; i++) {
          float value = batch[(image * 3 + channel) * 64 + i];
          sum += value;
          squares += value * value;
        }
      }
      assertThat(sum / 1280).isCloseTo(0, within(1e-5));
      assertThat(squares / 1280).isCloseTo(1, within(1e-5));
    }
  }

  /** So that others can feed a network with pictures of their own. */
  @ParameterizedTest(name = "images of {0} channels")
  @ValueSource(ints = {1, 3})
  void tellsHowPixelsBecomeItsInput(int stored) {
    ImageDataset dataset = square(8, stored);
    NetworkImages images = NetworkImages.of(dataset, 8);
    float[] batch = images.batch(images.train(), new int[] {5});
    for (int channel = 0; channel < 3; channel++) {
      int pixel = images.train().pixel(5, Math.min(channel, stored - 1), 2, 6) & 0xff;
      double expected = (pixel / 255.0 - images.means()[channel]) / images.deviations()[channel];
      assertThat((double) batch[channel * 64 + 2 * 8 + 6]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void averagesTwoByTwoPixelsAndRoundsHalfUp() {
    byte[] pixels = new byte[16];
    byte[] corner = {1, 2, 0, 0, 3, 4, 0, 0};
    System.arraycopy(corner, 0, pixels, 0, 8);
    pixels[15] = (byte) 255;
    Images images = new Images(new ImageShape(1, 4, 4), pixels, new int[] {0});

    Images half = Resizing.of(images.shape(), 2).apply(images);
    Images quarter = Resizing.of(images.shape(), 1).apply(images);

    assertThat(half.copyOf(0)).containsExactly(3, 0, 0, 64); // 2.5 and 63.75
    assertThat(quarter.copyOf(0)).containsExactly(17);
  }

  @Test
  void padsDigitsFromTwentyEightToThirtyTwo() {
    Images digits = Samples.images(new ImageShape(1, 28, 28), 2, 2, 1);
    Images padded = Resizing.of(digits.shape(), 32).apply(digits);

    assertThat(padded.shape()).isEqualTo(new ImageShape(1, 32, 32));
    assertThat(padded.pixel(1, 0, 2, 2)).isEqualTo(digits.pixel(1, 0, 0, 0));
    assertThat(padded.pixel(1, 0, 29, 29)).isEqualTo(digits.pixel(1, 0, 27, 27));
    assertThat(padded.pixel(1, 0, 1, 5)).isZero();
    assertThat(padded.pixel(1, 0, 30, 5)).isZero();
    assertThat(Resizing.of(digits.shape(), 16).apply(digits).shape().width()).isEqualTo(16);
  }

  @Test
  void bringsAnySizeToAnyOtherByMeansOfAreas() {
    Images wide = new Images(new ImageShape(1, 3, 50), new byte[150], new int[1]);
    for (int row = 0; row < 3; row++) {
      for (int column = 23; column < 26; column++) { // the middle square
        wide.pixels()[row * 50 + column] = (byte) (10 * row);
      }
    }
    Images small = Resizing.of(wide.shape(), 2).apply(wide);
    assertThat(small.shape()).isEqualTo(new ImageShape(1, 2, 2));
    assertThat(small.pixel(0, 0, 0, 0)).isEqualTo(3); // (0 + 10 / 2) / 1.5
    assertThat(small.pixel(0, 0, 1, 1)).isEqualTo(17);
    assertThat(Resizing.of(wide.shape(), 9).apply(wide).pixel(0, 0, 8, 8)).isEqualTo(20);
    for (int size : new int[] {8, 16, 20, 32, 224}) {
      assertThat(NetworkImages.of(square(50, 3), size).shape().width()).isEqualTo(size);
    }
  }

  @Test
  void refusesChannelsThatDoNotFit() {
    assertThatThrownBy(() -> NetworkImages.of(square(8, 2), 8))
        .hasMessage(
            "sample has images of 2 channels; a network with 3 input channels takes images of 1 or 3 channels");
  }

  @Test
  void repeatsTheOneChannel() {
    NetworkImages images = NetworkImages.of(square(4, 1), 4);
    float[] batch = images.batch(images.test(), new int[] {3});
    for (int i = 0; i < 16; i++) {
      assertThat(batch[i]).isEqualTo(batch[16 + i]).isEqualTo(batch[32 + i]);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void augmentedImagesAreShiftedAndFlippedCopies(long seed) {
    ImageDataset dataset = square(8, 3);
    NetworkImages images = NetworkImages.of(dataset, 8);
    int[] all = Selection.all(20);
    float[] batch =
        images.batch(images.train(), all, Augmentation.STANDARD, RandomStream.of(seed, "a"));
    RandomStream expected = RandomStream.of(seed, "a");
    float[][] values = dataset.statistics().normalisation();

    for (int image = 0; image < 20; image++) {
      boolean flip = expected.nextBoolean();
      int down = expected.nextInt(9) - 4;
      int right = expected.nextInt(9) - 4;
      for (int row = 0; row < 8; row++) {
        for (int column = 0; column < 8; column++) {
          int sourceRow = row + down;
          int sourceColumn = flip ? 7 - column - right : column + right;
          boolean inside = sourceRow >= 0 && sourceRow < 8 && sourceColumn >= 0 && sourceColumn < 8;
          int pixel = inside ? dataset.train().pixel(image, 1, sourceRow, sourceColumn) : 0;
          assertThat(batch[((image * 3 + 1) * 8 + row) * 8 + column]).isEqualTo(values[1][pixel]);
        }
      }
    }
  }

  @Test
  void everyShiftAndBothFlipsOccur() {
    byte[] pixels = new byte[64];
    pixels[4 * 8 + 3] = (byte) 255; // one bright pixel, left of the middle
    Images one = new Images(new ImageShape(1, 8, 8), pixels, new int[] {0});
    ImageDataset dataset = new ImageDataset("dot", List.of("a"), one, one);
    NetworkImages images = NetworkImages.of(dataset, 8, 1);
    java.util.Set<Integer> places = new java.util.HashSet<>();
    RandomStream stream = RandomStream.of(7, "shifts");
    for (int i = 0; i < 4000; i++) {
      float[] batch = images.batch(images.train(), new int[] {0}, Augmentation.STANDARD, stream);
      for (int at = 0; at < 64; at++) {
        if (batch[at] > 0) {
          places.add(at);
        }
      }
    }
    assertThat(places).hasSize(64); // rows 0..7 (8 is outside), columns -1..7 and 0..8 after a flip
  }

  @Test
  void cutoutIsASquareOfZerosCutAtTheBorder() {
    ImageDataset dataset = square(8, 3);
    NetworkImages images = NetworkImages.of(dataset, 8);
    float[] plain = images.batch(images.train(), Selection.all(20));
    float[] cut =
        images.batch(
            images.train(),
            Selection.all(20),
            Augmentation.NONE.withCutout(4),
            RandomStream.of(3, "cut"));
    RandomStream expected = RandomStream.of(3, "cut");
    for (int image = 0; image < 20; image++) {
      int top = expected.nextInt(8) - 2;
      int left = expected.nextInt(8) - 2;
      for (int at = 0; at < 192; at++) {
        int row = at / 8 % 8;
        int column = at % 8;
        boolean inside = row >= top && row < top + 4 && column >= left && column < left + 4;
        assertThat(cut[image * 192 + at]).isEqualTo(inside ? 0f : plain[image * 192 + at]);
      }
    }
  }

  @Test
  void fillsAPartOfAnOrder() {
    NetworkImages images = NetworkImages.of(square(4, 3), 4);
    float[] batch = new float[2 * 48];
    images.fill(images.train(), new int[] {5, 6, 7, 8}, 1, 3, batch);
    assertThat(batch).isEqualTo(images.batch(images.train(), new int[] {6, 7}));
  }
}
