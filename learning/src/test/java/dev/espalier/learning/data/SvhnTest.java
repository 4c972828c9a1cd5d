package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class SvhnTest {
  @TempDir Path folder;

  private static int pixel(int row, int column, int colour, int image) {
    return (7 * row + 3 * column + 50 * colour + 11 * image) % 256;
  }

  private Path write(String name, int count, int... digits) throws IOException {
    Matrix pictures = Mat5.newMatrix(Mat5.dims(32, 32, 3, count), MatlabType.UInt8);
    for (int image = 0; image < count; image++) {
      for (int colour = 0; colour < 3; colour++) {
        for (int column = 0; column < 32; column++) {
          for (int row = 0; row < 32; row++) {
            pictures.setByte(
                new int[] {row, column, colour, image}, (byte) pixel(row, column, colour, image));
          }
        }
      }
    }
    Matrix labels = Mat5.newMatrix(Mat5.dims(digits.length, 1), MatlabType.UInt8);
    for (int i = 0; i < digits.length; i++) {
      labels.setInt(i, digits[i]);
    }
    return write(name, Mat5.newMatFile().addArray("X", pictures).addArray("y", labels));
  }

  private Path write(String name, MatFile content) throws IOException {
    return Mat5.writeToFile(content, folder.resolve(name).toFile()).toPath();
  }

  private void assertHasThePattern(Images images) {
    for (int image = 0; image < images.count(); image++) {
      for (int colour = 0; colour < 3; colour++) {
        for (int row = 0; row < 32; row++) {
          for (int column = 0; column < 32; column++) {
            assertThat(images.pixel(image, colour, row, column))
                .isEqualTo(pixel(row, column, colour, image));
          }
        }
      }
    }
  }

  @Test
  void readsBothParts() throws IOException {
    write("train_32x32.mat", 3, 10, 1, 9);
    write("test_32x32.mat", 2, 2, 10);

    ImageDataset dataset = Svhn.read("svhn", folder, 0, new Remarks());

    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(dataset.classNames()).startsWith("0", "1").hasSize(10);
    assertThat(dataset.train().label(0)).isZero();
    assertThat(dataset.train().label(2)).isEqualTo(9);
    assertThat(dataset.test().label(0)).isEqualTo(2);
    assertHasThePattern(dataset.train());
    assertHasThePattern(dataset.test());
  }

  /** svhn-by-scipy.mat: SciPy 1.17's savemat, compressed, of three images with this pattern. */
  @Test
  void readsWhatAnotherProgramWrote() throws IOException {
    try (InputStream in = SvhnTest.class.getResourceAsStream("svhn-by-scipy.mat")) {
      Files.copy(in, folder.resolve("train_32x32.mat"));
    }
    Files.copy(folder.resolve("train_32x32.mat"), folder.resolve("test_32x32.mat"));

    ImageDataset dataset = Svhn.read("svhn", folder, 0, new Remarks());

    assertThat(dataset.train().count()).isEqualTo(3);
    assertThat(new int[] {dataset.train().label(0), dataset.train().label(1)})
        .containsExactly(0, 1);
    assertHasThePattern(dataset.train());
  }

  @Test
  void oneFileIsSplit() throws IOException {
    Path file = write("extra_32x32.mat", 5, 3, 3, 3, 3, 3);

    ImageDataset dataset = Svhn.read("svhn", file, 0, new Remarks());

    assertThat(dataset.train().count()).isEqualTo(4);
    assertThat(dataset.test().count()).isEqualTo(1);
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    write("train_32x32.mat", 2, 1, 2);
    Path test = write("test_32x32.mat", 2, 1, 2);
    byte[] whole = Files.readAllBytes(test);
    for (int length : new int[] {0, 50, 127, 128, 135, 300, whole.length / 2, whole.length - 20}) {
      Files.write(test, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("test_32x32.mat");
    }
  }

  @Test
  void whatIsSomethingElseIsNamed() throws IOException {
    write("test_32x32.mat", 1, 1);
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining("no train_32x32.mat in")
        .hasMessageContaining("(found test_32x32.mat). Run: espalier data fetch svhn");

    write("train_32x32.mat", 2, 1, 11);
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining(
            "label 1 of train_32x32.mat is 11.0 (allowed 1 to 10, 10 being zero)");

    write("train_32x32.mat", 2, 1);
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining("train_32x32.mat has 2 images but 1 labels");

    write(
        "train_32x32.mat",
        Mat5.newMatFile().addArray("X", Mat5.newMatrix(Mat5.dims(28, 28, 1, 2))));
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining(
            "X in train_32x32.mat is [28, 28, 1, 2] of double, expected [32, 32, 3, n] of uint8");

    write("train_32x32.mat", Mat5.newMatFile().addArray("digitStruct", Mat5.newScalar(1)));
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining("train_32x32.mat has no matrix X");

    Files.writeString(folder.resolve("train_32x32.mat"), "<html>" + "not here ".repeat(50));
    assertThatThrownBy(() -> Svhn.read("svhn", folder, 0, new Remarks()))
        .hasMessageContaining("train_32x32.mat (456 bytes) cannot be read as a MATLAB 5 file");
  }
}
