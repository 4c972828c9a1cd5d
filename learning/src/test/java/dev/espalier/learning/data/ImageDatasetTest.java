package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(3, 4, 5);

  private static byte[] bytes(ImageDataset dataset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dataset.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void comesBackFromItsCanonicalFormUnchanged() throws IOException {
    ImageDataset dataset = Samples.dataset(SHAPE, 7, 3, 4);
    byte[] written = bytes(dataset);

    ImageDataset read =
        ImageDataset.readFrom("other", new ByteArrayInputStream(written), dataset.digest());

    assertThat(read.name()).isEqualTo("other");
    assertThat(read.classNames()).isEqualTo(dataset.classNames());
    assertThat(read.train().pixels()).isEqualTo(dataset.train().pixels());
    assertThat(read.test().pixels()).isEqualTo(dataset.test().pixels());
    assertThat(read.train().label(6)).isEqualTo(2);
    assertThat(bytes(read)).isEqualTo(written);
    assertThat(dataset.canonicalBytes()).isEqualTo(written.length);
  }

  @Test
  void digestIsTheSha256OfTheCanonicalForm() throws IOException {
    ImageDataset dataset = Samples.dataset(SHAPE, 7, 3, 4);
    assertThat(dataset.digest()).isEqualTo(Digest.sha256(bytes(dataset)));
  }

  @Test
  void digestDependsOnAllButTheName() {
    Images train = Samples.images(SHAPE, 6, 2, 1);
    Images test = Samples.images(SHAPE, 4, 2, 2);
    List<String> names = List.of("a", "b");
    String digest = new ImageDataset("one", names, train, test).digest();

    byte[] onePixelOther = train.pixels().clone();
    onePixelOther[5]++;
    int[] otherLabels = {1, 1, 0, 1, 0, 1};

    assertThat(new ImageDataset("two", names, train, test).digest()).isEqualTo(digest);
    assertThat(new ImageDataset("one", List.of("a", "c"), train, test).digest())
        .isNotEqualTo(digest);
    assertThat(new ImageDataset("one", names, test, train).digest()).isNotEqualTo(digest);
    assertThat(
            new ImageDataset(
                    "one",
                    names,
                    new Images(SHAPE, onePixelOther, new int[] {0, 1, 0, 1, 0, 1}),
                    test)
                .digest())
        .isNotEqualTo(digest);
    assertThat(
            new ImageDataset("one", names, new Images(SHAPE, train.pixels(), otherLabels), test)
                .digest())
        .isNotEqualTo(digest);
  }

  @Test
  void manyClassesKeepTheirLabels() throws IOException {
    ImageDataset dataset = Samples.dataset(new ImageShape(1, 1, 1), 700, 0, 700);
    ImageDataset read = ImageDataset.readFrom("many", new ByteArrayInputStream(bytes(dataset)));
    assertThat(read.train().label(699)).isEqualTo(699);
  }

  @Test
  void refusesDataCutShortAnywhere() throws IOException {
    byte[] written = bytes(Samples.dataset(SHAPE, 7, 3, 4));
    for (int length = 0; length < written.length; length += 13) {
      byte[] cut = Arrays.copyOf(written, length);
      assertThatThrownBy(() -> ImageDataset.readFrom("cut", new ByteArrayInputStream(cut)))
          .isInstanceOf(InvalidInput.class)
          .hasMessageStartingWith("cut: ");
    }
    assertThatThrownBy(() ->
            ImageDataset.readFrom(
                "cut", new ByteArrayInputStream(Arrays.copyOf(written, written.length - 1))))
        .hasMessage(
            "cut: the stored test part is cut short (found 185 bytes, expected 186): fetch or import it again");
  }

  @Test
  void refusesChangedAndTrailingBytes() throws IOException {
    ImageDataset dataset = Samples.dataset(SHAPE, 7, 3, 4);
    byte[] written = bytes(dataset);
    byte[] longer = Arrays.copyOf(written, written.length + 1);
    byte[] changed = written.clone();
    changed[written.length - 1]++;

    assertThatThrownBy(() -> ImageDataset.readFrom("x", new ByteArrayInputStream(longer)))
        .hasMessageContaining("goes on after its end");
    assertThatThrownBy(
            () -> ImageDataset.readFrom("x", new ByteArrayInputStream(changed), dataset.digest()))
        .hasMessageContaining("expected " + dataset.digest());
  }

  @Test
  void refusesLabelsBeyondTheClasses() {
    Images images = Samples.images(SHAPE, 6, 3, 1);
    assertThatThrownBy(() -> new ImageDataset("x", List.of("a", "b"), images, images))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("x: an image has label 2, but there are 2 classes (labels 0 to 1)");
  }

  @Test
  void statisticsAreThoseOfTheTrainPart() {
    Images train =
        new Images(new ImageShape(2, 1, 2), new byte[] {0, (byte) 255, 51, 51}, new int[] {0});
    Images test = new Images(new ImageShape(2, 1, 2), new byte[0], new int[0]);
    ImageDataset dataset = new ImageDataset("x", List.of("a"), train, test);

    assertThat(dataset.channelMeans()).containsExactly(0.5f, 0.2f);
    assertThat(dataset.channelDeviations()).containsExactly(0.5f, 1f);
  }
}
