package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  private static byte[] images(int count) {
    ByteBuffer file =
        ByteBuffer.allocate(16 + count * 6).putInt(0x803).putInt(count).putInt(2).putInt(3);
    for (int i = 0; i < count * 6; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  private static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 5));
    }
    return file.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsPlainAndCompressedFilesByTheirNames() throws IOException {
    write("train-images-idx3-ubyte", images(20));
    write("train-labels-idx1-ubyte.gz", gzip(labels(20)));
    write("t10k-images-idx3-ubyte.gz", gzip(images(10)));
    write("t10k-labels-idx1-ubyte", labels(10));

    ImageDataset dataset = Idx.read("mine", folder, 0);

    assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 2, 3));
    assertThat(dataset.classNames()).isEqualTo(List.of("0", "1", "2", "3", "4"));
    assertThat(dataset.train().count()).isEqualTo(20);
    assertThat(dataset.test().count()).isEqualTo(10);
    assertThat(dataset.train().pixel(1, 0, 1, 2)).isEqualTo(11);
    assertThat(dataset.test().label(7)).isEqualTo(2);
  }

  @Test
  void splitsASinglePairByASeed() throws IOException {
    Path file = write("digits-images-idx3-ubyte", images(50));
    write("digits-labels-idx1-ubyte", labels(50));

    ImageDataset dataset = Idx.read("mine", file, 3);

    assertThat(dataset.train().classCounts(5)).containsOnly(8);
    assertThat(dataset.test().classCounts(5)).containsOnly(2);
    assertThat(Idx.read("mine", folder, 3).digest()).isEqualTo(dataset.digest());
  }

  @Test
  void findsLabelsOfFilesThatAreNotCalledImages() throws IOException {
    Path file = write("letters-idx3-ubyte.gz", gzip(images(50)));
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .hasMessageEndingWith(
            "has no labels beside it (expected letters-idx1-ubyte or that name with .gz)");
    write("letters-idx1-ubyte.gz", gzip(labels(50)));
    assertThat(Idx.read("mine", file, 3).train().count()).isEqualTo(40);
  }

  @Test
  void namesAFileThatIsShort() throws IOException {
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20), 100));
    write("train-labels-idx1-ubyte", labels(20));

    assertThatThrownBy(() -> Idx.read("mine", folder, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "idx: train-images-idx3-ubyte is 36 bytes short (found 84 bytes of data, expected 120): copy it again");
  }

  @Test
  void namesACompressedFileThatIsCutOrDamaged() throws IOException {
    byte[] whole = gzip(images(200));
    write("train-labels-idx1-ubyte", labels(200));
    Path file = write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("idx: train-images-idx3-ubyte.gz is ")
        .hasMessageContaining("expected 1,200");

    whole[whole.length / 2] ^= 0x55;
    write("train-images-idx3-ubyte.gz", whole);
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz");

    write("train-images-idx3-ubyte.gz", new byte[] {0x1f, (byte) 0x8b, 8});
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "train-images-idx3-ubyte.gz: truncated: the compressed file ends early");
  }

  @Test
  void refusesWhatIsNotIdxOrDoesNotBelongTogether() throws IOException {
    Path file = write("train-images-idx3-ubyte", labels(20));
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .hasMessageContaining("begins with 0x00000801 (expected 0x00000803)");
    write("train-labels-idx1-ubyte", labels(19));
    write("train-images-idx3-ubyte", images(20));
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .hasMessageContaining("has 20 images but train-labels-idx1-ubyte has 19 labels");
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20), 200));
    write("train-labels-idx1-ubyte", labels(20));
    assertThatThrownBy(() -> Idx.read("mine", file, 0))
        .hasMessageContaining("goes on after the 120 bytes");
  }

  @Test
  void saysWhatItCannotTellApart() throws IOException {
    assertThatThrownBy(() -> Idx.read("mine", folder, 0)).hasMessageContaining("(found nothing)");
    for (String part : List.of("balanced-train", "letters-train", "letters-test")) {
      write(part + "-images-idx3-ubyte", images(5));
      write(part + "-labels-idx1-ubyte", labels(5));
    }
    assertThatThrownBy(() -> Idx.read("mine", folder, 0))
        .hasMessageContaining("several train or test parts");
  }

  /** data/mnist-subset/README.md gives the counts and the mean and deviation. */
  @Test
  void labelsThatDoNotOccurMakeNoClasses() throws IOException {
    byte[] sparse = labels(20);
    for (int i = 8; i < sparse.length; i++) {
      sparse[i] = (byte) (i % 2 == 0 ? 3 : 250);
    }
    write("train-images-idx3-ubyte", images(20));
    write("train-labels-idx1-ubyte", sparse);
    write("t10k-images-idx3-ubyte", images(20));
    write("t10k-labels-idx1-ubyte", sparse);
    ImageDataset dataset = Idx.read("mine", folder, 0);
    assertThat(dataset.classNames()).containsExactly("3", "250");
    assertThat(dataset.train().classCounts(2)).containsExactly(10, 10);
  }

  @Test
  void isToldByContentWhateverItsName() throws IOException {
    write("Train_Images.dat", gzip(images(20)));
    write("Train_Labels.dat", labels(20));
    write("t10k-images-idx3-ubyte", gzip(images(10)));
    write("t10k-labels-idx1-ubyte", gzip(labels(10)));
    write("notes.txt", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Remarks remarks = new Remarks();
    ImageDataset dataset = Idx.read("mine", folder, List.of(), 0, remarks);
    assertThat(dataset.train().count()).isEqualTo(20);
    assertThat(dataset.test().count()).isEqualTo(10);
    assertThat(remarks.all()).singleElement().asString().contains("notes.txt");
  }

  @Test
  void aHeaderThatClaimsMoreThanThereIsTakesNoMemory() throws IOException {
    byte[] boast = images(1);
    boast[4] = 0x7f; // 2 billion images of 2 x 3 are refused, 2 billion of 1 x 1 are not there
    boast[11] = 1;
    boast[15] = 1;
    write("train-images-idx3-ubyte", boast);
    write("train-labels-idx1-ubyte", labels(1));
    assertThatThrownBy(() -> Idx.read("mine", folder, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("bytes short");
  }

  @Test
  void readsTheRealMnistSample() throws IOException {
    ImageDataset dataset = Idx.read("mnist", SharedFiles.of("data/mnist-subset"), 0);

    assertThat(dataset.train().classCounts(10))
        .containsExactly(1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978);
    assertThat(dataset.test().classCounts(10))
        .containsExactly(175, 234, 219, 207, 217, 179, 178, 205, 192, 194);
    assertThat(dataset.channelMeans()[0]).isCloseTo(0.1311f, within(6e-5f));
    assertThat(dataset.channelDeviations()[0]).isCloseTo(0.3087f, within(6e-5f));
  }
}
