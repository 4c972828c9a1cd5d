package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.CifarBinary.Variant;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBinaryTest {
  @TempDir Path folder;

  /**
   * Records whose pixels are their number, whose labels count up (the first of two is always 9).
   */
  private static byte[] records(int count, int recordLabels, int classes) {
    byte[] records = new byte[count * (recordLabels + 3072)];
    for (int i = 0; i < count; i++) {
      int start = i * (recordLabels + 3072);
      Arrays.fill(records, start, start + recordLabels + 3072, (byte) i);
      records[start] = 9;
      records[start + recordLabels - 1] = (byte) (i % classes);
    }
    return records;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsAFolderOfBatchesInTheOrderOfTheirNames() throws IOException {
    write("data_batch_2.bin", records(20, 1, 10));
    write("data_batch_1.bin", records(10, 1, 10));
    write("test_batch.bin", records(10, 1, 10));
    write("batches.meta.txt", new byte[0]);

    ImageDataset dataset = CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0);

    assertThat(dataset.train().count()).isEqualTo(30);
    assertThat(dataset.test().count()).isEqualTo(10);
    assertThat(dataset.train().pixel(9, 2, 31, 31)).isEqualTo(9);
    assertThat(dataset.train().pixel(10, 0, 0, 0)).isEqualTo(0);
    assertThat(dataset.train().label(27)).isEqualTo(7);
    assertThat(dataset.classNames()).startsWith("airplane", "automobile").hasSize(10);
  }

  @Test
  void takesTheFineLabelOfTwo() throws IOException {
    write("train.bin", records(100, 2, 100));
    write("test.bin", records(100, 2, 100));

    ImageDataset dataset = CifarBinary.of(Variant.CIFAR100).read("mine", folder, 0);

    assertThat(dataset.train().label(73)).isEqualTo(73);
    assertThat(dataset.train().pixel(73, 1, 4, 4)).isEqualTo(73);
    assertThat(dataset.classNames()).startsWith("apple").endsWith("worm").hasSize(100);
  }

  @Test
  void splitsOneFileByASeed() throws IOException {
    Path file = write("all.bin", records(100, 1, 10));

    ImageDataset dataset = CifarBinary.of(Variant.CIFAR10).read("mine", file, 5);

    assertThat(dataset.train().classCounts(10)).containsOnly(8);
    assertThat(dataset.test().classCounts(10)).containsOnly(2);
    assertThat(CifarBinary.of(Variant.CIFAR10).read("mine", file, 5).digest())
        .isEqualTo(dataset.digest());
    assertThat(CifarBinary.of(Variant.CIFAR10).read("mine", file, 6).digest())
        .isNotEqualTo(dataset.digest());
  }

  @Test
  void namesTheOfficialFileThatIsShort() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_%d.bin".formatted(batch), new byte[batch == 3 ? 30_730_000 - 163 : 3073]);
    }
    write("test_batch.bin", records(10, 1, 10));

    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "cifar10: data_batch_3.bin is 163 bytes short (found 30,729,837, expected 30,730,000). Run: "
                + "espalier data fetch cifar10");
  }

  @Test
  void noticesAnOfficialFileCutBetweenRecords() throws IOException {
    write("data_batch_1.bin", new byte[30_730_000]);
    write("data_batch_2.bin", new byte[3073 * 100]);
    write("test_batch.bin", records(10, 1, 10));

    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0))
        .hasMessageStartingWith("cifar10: data_batch_2.bin is 30,422,700 bytes short");
  }

  @Test
  void namesAnOwnFileThatIsShort() throws IOException {
    write("train.bin", Arrays.copyOf(records(10, 1, 10), 30_000));
    write("test.bin", records(10, 1, 10));

    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0))
        .hasMessage(
            "cifar10: train.bin is 730 bytes short (found 30,000, expected 30,730: "
                + "whole records of 3,073 bytes); copy the file again");
  }

  @Test
  void proposesTheOtherRecordLayout() throws IOException {
    Path file = write("eval.bin", records(50, 1, 100));

    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR100).read("mine", file, 0))
        .hasMessageEndingWith("its records seem to have 1 label byte: add --record-labels 1");
  }

  @Test
  void namesTheRecordWithAnImpossibleLabel() throws IOException {
    byte[] records = records(10, 1, 10);
    records[4 * 3073] = 77;
    Path file = write("all.bin", records);

    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", file, 0))
        .hasMessageStartingWith("cifar10: record 4 of all.bin has label 77 (allowed 0 to 9)");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder.resolve("no"), 0))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0))
        .hasMessageContaining("no train*.bin or data_batch*.bin in")
        .hasMessageContaining("(found nothing)");
    write("train_1.bin", records(10, 1, 10));
    write("train_2.bin", records(10, 1, 10));
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", folder, 0))
        .hasMessageContaining("no test*.bin in")
        .hasMessageContaining("(found train_1.bin, train_2.bin)");
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10, 3))
        .hasMessageContaining("--record-labels was 3");
  }

  /** data/cifar10-subset/README.md gives the channel means and deviations. */
  @Test
  void readsTheRealCifar10Sample() throws IOException {
    ImageDataset dataset =
        CifarBinary.of(Variant.CIFAR10).read("cifar10", SharedFiles.of("data/cifar10-subset"), 0);

    assertThat(dataset.train().classCounts(10)).containsOnly(500);
    assertThat(dataset.test().classCounts(10)).containsOnly(100);
    float[] means = {0.4911f, 0.4808f, 0.4444f};
    float[] deviations = {0.2463f, 0.2444f, 0.2622f};
    for (int channel = 0; channel < 3; channel++) {
      assertThat(dataset.channelMeans()[channel]).isCloseTo(means[channel], within(6e-5f));
      assertThat(dataset.channelDeviations()[channel])
          .isCloseTo(deviations[channel], within(6e-5f));
    }
  }

  /** data/cifar100-subset/README.md: one label byte, five images of each class. */
  @Test
  void readsTheRealCifar100Sample() throws IOException {
    Path file = SharedFiles.of("data/cifar100-subset/eval_500.bin");

    ImageDataset dataset = CifarBinary.of(Variant.CIFAR100, 1).read("cifar100", file, 0);

    assertThat(dataset.train().classCounts(100)).containsOnly(4);
    assertThat(dataset.test().classCounts(100)).containsOnly(1);
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR100).read("cifar100", file, 0))
        .hasMessageContaining("add --record-labels 1");
  }
}
