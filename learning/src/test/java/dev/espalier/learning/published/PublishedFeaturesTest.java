package dev.espalier.learning.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files: {@code golden/metad2a/README.md}. */
final class PublishedFeaturesTest {
  @TempDir private Path folder;

  private static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(PublishedFeaturesTest.class.getResource("/golden/metad2a/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private FeatureFile read(Path file) throws IOException {
    Path target = folder.resolve("canonical");
    PublishedFeatures.convert(file, target, new Remarks());
    return FeatureFile.open(file.toString(), target);
  }

  @Test
  void readsTheGoldenToyClassByClass() throws IOException {
    FeatureFile features = read(golden("toybylabel.pt"));

    assertThat(features.header().counts()).containsExactly(4, 5, 6);
    assertThat(features.width()).isEqualTo(512);
    byte[] file = Files.readAllBytes(golden("toybylabel.pt"));
    float[] row = new float[512];
    features.row(1, 4, row, 0);
    assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN))
        .matches(bytes -> {
          for (int at = 0; at + 2048 <= bytes.capacity(); at += 4) {
            int i = 0;
            while (i < 512 && bytes.getFloat(at + 4 * i) == row[i]) {
              i++;
            }
            if (i == 512) {
              return true; // the row stands in the file as it is
            }
          }
          return false;
        });
  }

  @Test
  void readsHalfPrecisionByItsLabels() throws IOException {
    float[][] rows = {{1, -2}, {0.5f, 4}, {3, 65504}};
    ByteBuffer halves = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        halves.putShort(Float.floatToFloat16(value));
      }
    }
    Path file = Files.write(folder.resolve("it_features_f16.bin"), halves.array());
    Files.write(folder.resolve("it_labels_u8.bin"), new byte[] {1, 0, 1});

    FeatureFile features = read(file);

    assertThat(features.header().counts()).containsExactly(1, 2);
    float[] row = new float[2];
    features.row(0, 0, row, 0);
    assertThat(row).containsExactly(0.5f, 4);
    features.row(1, 1, row, 0);
    assertThat(row).containsExactly(3, 65504);
  }

  @Test
  void refusesLabelsOfAnotherNumberOfRows() throws IOException {
    Path file = Files.write(folder.resolve("it_features_f32.bin"), new byte[24]);
    Files.write(folder.resolve("it_labels_u8.bin"), new byte[] {1, 0, 1, 0});

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("24 bytes")
        .hasMessageContaining("4 labels");
    Files.delete(folder.resolve("it_labels_u8.bin"));
    assertThatThrownBy(() -> read(file)).hasMessageContaining("it_labels_u8.bin is not beside it");
  }

  @Test
  void refusesADatabaseAndACheckpointByWhatTheyAre() {
    assertThatThrownBy(() -> read(golden("meta_train_tasks_toy.pt")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a meta-database")
        .hasMessageContaining("--format meta-database");
    assertThatThrownBy(() -> read(golden("published/checkpoint.pt")))
        .hasMessageContaining("espalier model import");
  }

  @Test
  void readsRealFeatures() throws IOException {
    FeatureFile features =
        read(SharedFiles.of("data/image-features/cifar10_train_features_f16.bin"));

    assertThat(features.width()).isEqualTo(1_280);
    assertThat(features.classes()).isEqualTo(10);
    assertThat(features.header().rows()).isEqualTo(2_000);
  }

  private Path byName(int... widths) throws IOException {
    SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
    for (int i = widths.length - 1; i >= 0; i--) {
      String name = i + "-winged";
      float[] values = new float[2 * widths[i]];
      values[0] = i;
      tensors.put(name, new NamedArray(name, new long[] {2, widths[i]}, values));
    }
    return Files.write(folder.resolve("byname.pt"), new TorchArchive(tensors, Map.of()).encode());
  }

  @Test
  void readsClassesByTheirNames() throws IOException {
    FeatureFile features = read(byName(7, 7, 7));

    assertThat(features.header().classNames()).containsExactly("0-winged", "1-winged", "2-winged");
    float[] row = new float[7];
    features.row(2, 0, row, 0);
    assertThat(row[0]).isEqualTo(2);
  }

  @Test
  void refusesClassesOfDifferentWidths() {
    assertThatThrownBy(() -> read(byName(7, 7, 6)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("class 2-winged has 6 numbers an image, but class 0-winged has 7");
  }
}
