package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNet16Test {
  @TempDir Path folder;

  /** Batch b: labels b, 120, 121 and 1000; the first pixel of image i is 10 b + i. */
  @BeforeEach
  void write() throws IOException {
    for (int batch = 1; batch <= 10; batch++) {
      write("train_data_batch_" + batch, 10 * batch, batch, 120, 121, 1000);
    }
    write("val_data", 200, 7, 500);
  }

  private void write(String name, int first, int... labels) throws IOException {
    byte[] pixels = new byte[768 * labels.length];
    for (int image = 0; image < labels.length; image++) {
      pixels[768 * image] = (byte) (first + image);
      pixels[768 * image + 767] = (byte) 255;
    }
    PickledBatch.write(folder.resolve(name), 768, pixels, labels);
  }

  @Test
  void takesTheFirst120ClassesInTheOrderOfTheBatches() throws IOException {
    ImageDataset dataset = ImageNet16.read("imagenet16-120", folder);

    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 16, 16));
    assertThat(dataset.classNames()).hasSize(120).startsWith("1", "2").endsWith("120");
    assertThat(dataset.train().count()).isEqualTo(20);
    assertThat(dataset.test().count()).isEqualTo(1);
    assertThat(dataset.train().label(18)).isEqualTo(9);
    assertThat(dataset.train().label(19)).isEqualTo(119);
    assertThat(dataset.train().pixel(18, 0, 0, 0)).isEqualTo(100);
    assertThat(dataset.train().pixel(19, 0, 0, 0)).isEqualTo(101);
    assertThat(dataset.train().pixel(19, 2, 15, 15)).isEqualTo(255);
    assertThat(dataset.test().label(0)).isEqualTo(6);
    assertThat(dataset.test().pixel(0, 0, 0, 0)).isEqualTo(200);
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> ImageNet16.read("imagenet16-120", folder))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Files.delete(folder.resolve("train_data_batch_7"));
    Files.delete(folder.resolve("val_data"));
    assertRefused("lacks train_data_batch_7, val_data", "found train_data_batch_1");
  }

  @Test
  void saysWhichBatchIsNotOne() throws IOException {
    Path batch = folder.resolve("train_data_batch_3");
    byte[] whole = Files.readAllBytes(batch);

    Files.write(batch, Arrays.copyOf(whole, whole.length - 1000));
    assertRefused("train_data_batch_3", "3,072 bytes expected", "copy it again");

    Files.write(batch, "<html>".getBytes(StandardCharsets.US_ASCII));
    assertRefused("train_data_batch_3");

    write("train_data_batch_3", 0, 1, 0);
    assertRefused("label 1 of train_data_batch_3 is 0 (allowed 1 to 1,000)");

    PickledBatch.write(batch, 3072, new byte[3072], 1);
    assertRefused("train_data_batch_3 are [1, 3072] of u1, expected [n, 768]", "ImageNet32");

    PickledBatch.write(batch, 768, new byte[2 * 768], 1);
    assertRefused("train_data_batch_3 has 2 images but 1 labels");

    Files.write(batch, "\u0080\2cos\nsystem\n.".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("train_data_batch_3", "os.system", "not loaded");
  }
}
