package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.CifarBinary.Variant;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarPythonTest {
  @TempDir private Path folder;
  private final Remarks remarks = new Remarks();

  private void batch(String name, int... labels) throws IOException {
    byte[] pixels = new byte[3072 * labels.length];
    for (int image = 0; image < labels.length; image++) {
      Arrays.fill(pixels, 3072 * image, 3072 * (image + 1), (byte) labels[image]);
    }
    Files.createDirectories(folder.resolve(name).getParent());
    PickledBatch.write(folder.resolve(name), 3072, pixels, labels);
  }

  private ImageDataset read(Variant variant) throws IOException {
    return CifarBinary.of(variant).read("mine", folder, 0, remarks);
  }

  @Test
  void readsTheBatchesOfPythonPrograms() throws IOException {
    for (int i = 1; i <= 5; i++) {
      batch("cifar-10-batches-py/data_batch_" + i, i, 9);
    }
    batch("cifar-10-batches-py/test_batch", 7);
    batch("cifar-10-batches-py/batches.meta", 0);
    ImageDataset dataset = read(Variant.CIFAR10);
    assertThat(dataset.train().count()).isEqualTo(10);
    assertThat(dataset.train().label(8)).isEqualTo(5);
    assertThat(dataset.test().pixel(0, 2, 31, 31)).isEqualTo(7);
    assertThat(remarks.all()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    batch("data_batch_1", 1, 2);
    assertThatThrownBy(() -> read(Variant.CIFAR10))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no pickles test or test_batch in");
    batch("test_batch", 3);
    read(Variant.CIFAR10);
    assertThat(remarks.all()).containsExactly("only 1 of the 5 batches for training are here");
    assertThatThrownBy(() -> read(Variant.CIFAR100)).hasMessageContaining("it is one of cifar10");
    batch("test_batch", 30);
    assertThatThrownBy(() -> read(Variant.CIFAR10)).hasMessageContaining("label 0 is 30");
  }

  @Test
  void aValidationPartIsNotPassedOver() throws IOException {
    byte[] record = new byte[3073];
    Files.write(folder.resolve("train.bin"), record);
    Files.write(folder.resolve("valid.bin"), record);
    assertThat(read(Variant.CIFAR10).test().count()).isEqualTo(1);
    assertThat(remarks.all()).containsExactly("valid.bin is taken as the test part");
    Files.move(folder.resolve("valid.bin"), folder.resolve("holdout.bin"));
    assertThatThrownBy(() -> read(Variant.CIFAR10))
        .hasMessageContaining("holdout.bin is neither a train nor a test part");
  }

  @Test
  void anArchiveIsCalledOne() throws IOException {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0};
    Path file = Files.write(folder.resolve("cifar-10.bin"), gzip);
    assertThatThrownBy(() -> CifarBinary.of(Variant.CIFAR10).read("mine", file, 0))
        .hasMessageContaining("is compressed with gzip: unpack it and give the folder");
  }
}
