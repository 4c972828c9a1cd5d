package dev.espalier.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.catalogue.CatalogueKinds;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden numbers: {@code golden/metad2a/README.md}. */
final class FeatureEncoderTest {
  private static final Torch TORCH = Torch.cpu();

  @TempDir private Path folder;

  private static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(FeatureEncoderTest.class.getResource("/golden/metad2a/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static ImageDataset images(int channels) {
    ImageShape shape = new ImageShape(channels, 32, 32);
    byte[] pixels = new byte[3 * shape.size()];
    int at = 0;
    for (int i = 0; i < 3; i++) {
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            pixels[at++] = (byte) ((37 * i + 101 * c + 13 * y + 7 * x + 3 * y * x) % 256);
          }
        }
      }
    }
    Images part = new Images(shape, pixels, new int[] {0, 1, 1});
    return new ImageDataset("made-up", List.of("a", "b"), part, part);
  }

  private static List<float[]> features(EncoderWeights weights, ImageDataset images)
      throws IOException {
    List<float[]> features = new ArrayList<>();
    try (FeatureEncoder encoder = new FeatureEncoder(TORCH, weights)) {
      encoder.encode(
          images,
          new int[] {0, 1, 2},
          (row, from) -> features.add(Arrays.copyOfRange(row, from, from + encoder.width())),
          () -> {});
    }
    return features;
  }

  @ParameterizedTest
  @ValueSource(strings = {"small_resnet.pt", "small_resnet_legacy.pt"})
  void featuresAreThoseOfTheTextbookNetwork(String file) throws IOException {
    EncoderWeights weights = EncoderWeights.read(file, golden(file));
    JsonNode expected =
        Json.read(Files.readString(golden("small_resnet.json")), JsonNode.class)
            .get("features_f64");

    List<float[]> features = features(weights, images(3));

    assertThat(weights.shape())
        .isEqualTo(new ResidualShape(List.of(2, 1, 1, 2), List.of(4, 6, 8, 10)));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 10; j++) {
        assertThat((double) features.get(i)[j])
            .as("feature %d of image %d", j, i)
            .isCloseTo(expected.get(i).get(j).asDouble(), within(1e-5));
      }
    }
  }

  @Test
  void theCatalogueOfModelsKnowsItsKindAndSizes() throws IOException {
    byte[] bytes = Files.readAllBytes(golden("small_resnet.pt"));
    CatalogueKinds.Recognised recognised =
        CatalogueKinds.recognise("it", TensorFile.read("it", bytes));

    assertThat(recognised.kind().name()).isEqualTo("feature-weights");
    assertThat(recognised.facts().sizes()).containsEntry("features", "10");
    EncoderWeights stored = EncoderWeights.decode("it", TensorFile.read("it", bytes).canonical());
    assertThat(stored.encode())
        .isEqualTo(EncoderWeights.read("it", golden("small_resnet.pt")).encode());
  }

  @Test
  void whatIsEncodedReadsBackToTheSameFeatures() throws IOException {
    EncoderWeights weights =
        EncoderWeights.read("it", golden("small_resnet.pt"))
            .normalisedBy(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.2f, 0.3f, 0.1f});
    Path file = Files.write(folder.resolve("weights"), weights.encode());

    EncoderWeights read = EncoderWeights.read("it", file);

    assertThat(read.encode()).isEqualTo(weights.encode());
    assertThat(new String(weights.encode(), StandardCharsets.ISO_8859_1))
        .containsSubsequence("\"deviations\"", "\"kind\"", "\"means\"");
    List<float[]> before = features(weights, images(3));
    List<float[]> after = features(read, images(3));
    for (int i = 0; i < 3; i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
  }

  @Test
  void greyImagesAreSeenAsThreeEqualChannels() throws IOException {
    EncoderWeights weights = EncoderWeights.read("it", golden("small_resnet.pt"));
    ImageDataset grey = images(1);
    ImageShape shape = new ImageShape(3, 32, 32);
    byte[] pixels = new byte[3 * shape.size()];
    for (int i = 0; i < 9; i++) {
      System.arraycopy(grey.train().copyOf(i / 3), 0, pixels, i * 1024, 1024);
    }
    Images coloured = new Images(shape, pixels, new int[] {0, 1, 1});

    List<float[]> one = features(weights, grey);
    List<float[]> three =
        features(weights, new ImageDataset("coloured", List.of("a", "b"), coloured, coloured));

    assertThat(one.get(2)).isEqualTo(three.get(2));
  }

  @Test
  void weightsThatAreNotWholeAreRefusedWithAllThatIsWrong() throws IOException {
    EncoderWeights whole = EncoderWeights.read("it", golden("small_resnet.pt"));
    SequencedMap<String, NamedArray> arrays = new LinkedHashMap<>(whole.arrays());
    arrays.remove("bn1.running_var");
    arrays.put("bn1.bias", new NamedArray("bn1.bias", new long[] {3}, new float[3]));
    Path file =
        Files.write(
            folder.resolve("weights"),
            Safetensors.of(Map.of(), List.copyOf(arrays.values())).encode());

    assertThatThrownBy(() -> EncoderWeights.read("mine", file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("mine has no bn1.running_var")
        .hasMessageContaining("mine: bn1.bias is [3], expected [4]");
  }

  @Test
  void bottlenecksAndOtherNetworksAreRefusedByName() throws IOException {
    NamedArray one = new NamedArray("layer1.0.conv3.weight", new long[] {1}, new float[1]);
    Path bottleneck =
        Files.write(folder.resolve("r50"), Safetensors.of(Map.of(), List.of(one)).encode());
    Path other =
        Files.write(
            folder.resolve("mlp"),
            Safetensors.of(Map.of(), List.of(one.named("fc.weight"))).encode());

    assertThatThrownBy(() -> EncoderWeights.read("r50", bottleneck))
        .hasMessageContaining("bottlenecks");
    assertThatThrownBy(() -> EncoderWeights.read("mlp", other))
        .hasMessageContaining("no residual network")
        .hasMessageContaining("fc.weight");
  }
}
