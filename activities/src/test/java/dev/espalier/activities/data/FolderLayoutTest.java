package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderLayoutTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} of {1} bytes")
  @CsvSource({
    "data_batch_1.bin, 6146, CIFAR10",
    "train.bin, 6148, CIFAR100",
    "train.bin, 6146, CIFAR10",
    "train-images-idx3-ubyte.gz, 10, IDX",
    "t10k-images-idx3-ubyte, 10, IDX",
    "train_32x32.mat, 10, SVHN",
    "train_data_batch_1, 10, IMAGENET16",
    "variants.txt, 10, FGVC_AIRCRAFT",
    "data/variants.txt, 10, FGVC_AIRCRAFT",
    "annotations/trainval.txt, 10, OXFORD_PETS",
    "train/cat/1.png, 10, FOLDER",
    "cat/1.png, 10, FOLDER"
  })
  void isToldByItsFiles(String file, int bytes, ImportFormat format) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[bytes]);
    assertThat(FolderLayout.of(folder)).isEqualTo(format);
  }

  @Test
  void isRefusedWhereItIsNoneThatIsKnown() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "none");
    assertThatThrownBy(() -> FolderLayout.of(folder))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a folder for each class");
    assertThatThrownBy(() -> FolderLayout.of(notes))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is no folder");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "cats, cats",
    "My Cats (2026), my-cats-2026",
    "..cats.., cats",
    "x/../Katzen_&_Hunde, katzen-hunde",
    "日本, images"
  })
  void isNamedAsDataSetsAreCalled(String path, String name) {
    assertThat(FolderLayout.nameOf(Path.of(path))).isEqualTo(name);
  }
}
