package dev.espalier.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureFileTest {
  private static final FeatureHeader HEADER =
      new FeatureHeader(3, List.of("cat", "none", "dog"), List.of(2, 0, 1), "pets", "a test");

  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("features");
    try (FeatureWriter writer = new FeatureWriter(Files.newOutputStream(file), HEADER)) {
      writer.row(new float[] {9, 1, 2, 3}, 1);
      writer.row(new float[] {4, 5, 6}, 0);
      writer.row(new float[] {-7.25f, 8, 1e-30f}, 0);
      writer.finish();
    }
    return file;
  }

  @Test
  void rowsAreReadByClassAndImage() throws IOException {
    FeatureFile features = FeatureFile.open("it", written());
    assertThat(features.header()).isEqualTo(HEADER);
    assertThat(features.classes()).isEqualTo(3);
    assertThat(features.count(1)).isZero();
    float[] into = new float[7];
    features.row(2, 0, into, 1);
    features.row(0, 1, into, 4);
    assertThat(into).containsExactly(0, -7.25f, 8, 1e-30f, 4, 5, 6);
    assertThat(features.digest())
        .isEqualTo(Digest.sha256(Files.readAllBytes(folder.resolve("features"))));
    assertThatThrownBy(() -> features.row(2, 1, into, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void oneThatIsCutShortIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> FeatureFile.open("it", cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void anotherWidthIsRefusedWithBothNumbers() {
    assertThatThrownBy(() -> HEADER.requireWidth("pets", 512))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("are 3 numbers")
        .hasMessageContaining("512 are needed");
  }

  @Test
  void whatIsNoNumberIsRefused() throws IOException {
    try (FeatureWriter writer =
        new FeatureWriter(Files.newOutputStream(folder.resolve("nan")), HEADER)) {
      assertThatThrownBy(() -> writer.row(new float[] {1, Float.NaN, 2}, 0))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("feature 1 of image 1 is NaN");
    }
  }
}
