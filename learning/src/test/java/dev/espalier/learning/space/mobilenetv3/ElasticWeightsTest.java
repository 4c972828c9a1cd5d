package dev.espalier.learning.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.space.SupernetWeights;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Recorder;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Schedule;
import dev.espalier.learning.training.Trainee;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden numbers: {@code golden/mobilenetv3/make_supernet.py} in the resources made them. */
@DisplayName("The weights of a supernet of MobileNetV3")
class ElasticWeightsTest {
  private static final Torch TORCH = Torch.cpu();
  private static final byte[] FILE = resource("supernet.pt");
  private static final JsonNode GOLDEN =
      Json.read(new String(resource("supernet.json"), StandardCharsets.UTF_8), JsonNode.class);
  private static final int IMAGES = GOLDEN.path("images").asInt();
  private static final int SIDE = GOLDEN.path("side").asInt();
  private static final int CLASSES = 10;

  private static byte[] resource(String name) {
    try (InputStream in =
        ElasticWeightsTest.class.getResourceAsStream("/golden/mobilenetv3/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ElasticArchitecture architecture(int number) {
    return ElasticArchitecture.parse(
        GOLDEN.path("cases").get(number).toString().replaceAll(",\"logits.*", "}"));
  }

  private static float[] pixels() {
    float[] pixels = new float[IMAGES * 3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (Math.sin(0.7 * i) + Math.cos(0.013 * i));
    }
    return pixels;
  }

  private static MobileNetwork network(ElasticArchitecture architecture) {
    SupernetWeights weights = ElasticWeights.read(FILE);
    Map<String, NamedArray> arrays = weights.cut(architecture).arrays();
    ParameterSource source =
        each -> Objects.requireNonNull(arrays.get(each.name()), each.name()).values();
    MobileNetwork network =
        new MobileNetwork(
            TORCH,
            new ElasticPlan(architecture, (ElasticNetwork) weights.network(), CLASSES, 3),
            source);
    network
        .buffers()
        .forEach((name, buffer) -> {
          try (Scope _ = TORCH.inference()) {
            buffer.subtractInPlace(buffer);
            buffer.addInPlace(
                TORCH.tensor(Objects.requireNonNull(arrays.get(name)).values(), buffer.shape()));
          }
        });
    return network;
  }

  private static void assertLogits(MobileNetwork network, JsonNode expected, double error) {
    try (Scope _ = TORCH.inference()) {
      float[] logits =
          network.forward(TORCH.tensor(pixels(), IMAGES, 3, SIDE, SIDE), Phase.EVALUATE).toFloats();
      double largest = 1;
      for (JsonNode row : expected) {
        for (JsonNode each : row) {
          largest = Math.max(largest, Math.abs(each.asDouble()));
        }
      }
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i])
            .as("image %d, class %d", i / CLASSES, i % CLASSES)
            .isCloseTo(
                expected.get(i / CLASSES).get(i % CLASSES).asDouble(), within(error * largest));
      }
    }
  }

  /** A mixed one, the largest and the smallest: against PyTorch in double precision. */
  @ParameterizedTest(name = "golden network {0}")
  @ValueSource(ints = {0, 1, 2})
  void holdThoseOfItsNetworks(int number) {
    try (MobileNetwork network = network(architecture(number))) {
      assertLogits(network, GOLDEN.path("cases").get(number).path("logits"), 1e-5);
    }
  }

  /**
   * Over two batches of four images, as Once-for-All's program resets them. At the end four values
   * make a variance, which takes a digit of single precision.
   */
  @ParameterizedTest(name = "golden network {0}")
  @ValueSource(ints = {0, 1, 2})
  void giveOtherLogitsAfterTheirStatisticsWereReset(int number) {
    JsonNode golden = GOLDEN.path("cases").get(number);
    ElasticArchitecture architecture = architecture(number);
    ElasticWeights weights = ElasticWeights.read(FILE);
    ElasticPlan plan = new ElasticPlan(architecture, weights.network(), CLASSES, 3);
    int batch = GOLDEN.path("batch").asInt();
    float[] pixels = pixels();
    try (MobileNetwork network = network(architecture)) {
      StatisticsReset reset = new StatisticsReset(TORCH, plan, network);
      int size = batch * 3 * SIDE * SIDE;
      for (int from = 0; from < pixels.length; from += size) {
        reset.add(Arrays.copyOfRange(pixels, from, from + size), batch, 3, SIDE, SIDE);
      }
      reset.finish();
      float[] variances =
          Objects.requireNonNull(network.buffers().get("first_conv.bn.running_var")).toFloats();
      for (int i = 0; i < variances.length; i++) {
        assertThat((double) variances[i])
            .isCloseTo(golden.path("first_variance_after_reset").get(i).asDouble(), within(1e-4));
      }
      assertLogits(network, golden.path("logits_after_reset"), 2e-4);
    }
  }

  private static byte[] renamed(UnaryOperator<String> name) {
    List<NamedArray> arrays = new ArrayList<>();
    TorchCheckpoint.read(FILE)
        .values()
        .forEach(each -> arrays.add(each.named(name.apply(each.name()))));
    return Safetensors.of(Map.of(), arrays).encode();
  }

  /** As several programs write the names. */
  @Test
  void areReadUnderAllNamesThatAreAround() {
    String digest = ElasticWeights.read(FILE).digest();
    List<UnaryOperator<String>> spellings =
        List.of(
            name -> name.replace("state_dict.", ""),
            name -> name.replace("state_dict.", "module."),
            name -> name.replace(".mobile_inverted_conv.", ".conv."),
            name -> name.replace(".conv.conv.", ".conv.").replace(".bn.bn.", ".bn."),
            name -> name.replace("classifier.linear.", "classifier.linear.linear."));
    for (UnaryOperator<String> spelling : spellings) {
      assertThat(ElasticWeights.read(renamed(spelling)).digest()).isEqualTo(digest);
    }
    assertThat(ElasticWeights.read(FILE).network()).isEqualTo(new ElasticNetwork(0.05, 2, 0));
    assertThat(ElasticWeights.read(FILE).classes()).isEqualTo(CLASSES);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "feature_mix_layer.conv.weight; this is no supernet of MobileNetV3: it has no feature_mix_layer.conv.weight",
        "blocks.20.mobile_inverted_conv.point_linear.conv.conv.weight; "
            + "blocks.20.mobile_inverted_conv.point_linear.conv.weight is missing",
        "blocks.7.mobile_inverted_conv.depth_conv.bn.bn.running_mean; "
            + "blocks.7.mobile_inverted_conv.depth_conv.bn.running_mean is missing"
      })
  void areRefusedWhereSomethingIsMissing(String name, String message) {
    byte[] without = renamed(each -> each.equals("state_dict." + name) ? "unknown" : each);
    assertThatThrownBy(() -> ElasticWeights.read(without))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void areRefusedWhereTheFileIsSomethingElse() {
    for (byte[] other :
        List.of(new byte[0], new byte[1000], Arrays.copyOf(FILE, FILE.length / 2))) {
      assertThatThrownBy(() -> ElasticWeights.read(other)).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void haveNoSmallerKernelWithoutAMatrix() {
    byte[] without = renamed(each -> each.endsWith("5to3_matrix") ? each + "_" : each);
    ElasticWeights weights = ElasticWeights.read(without);
    assertThat(weights.cut(architecture(1)).arrays()).isNotEmpty();
    assertThatThrownBy(() -> weights.cut(architecture(2)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("5to3_matrix, so it has no kernels below 5");
  }

  private static TrainingOutcome trained(
      Trainee trainee, int classes, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        TORCH,
        Samples.dataset(new ImageShape(3, 32, 32), 100, 40, classes),
        trainee,
        new TrainingRecipe(
            new TrainingBasics(1, 8, 32, 20, 20, 1e-6, 0.9, true, 0, 0, false, 32),
            Schedule.COSINE,
            1,
            1,
            0,
            new Refinements(0, 5, 0, 0)),
        7,
        "evaluation",
        checkpoint,
        monitor);
  }

  /** With a rate so small that weights stay: the classifier is another one, the rest the same. */
  @Test
  void areWhatATrainingBeginsWith() {
    ElasticArchitecture architecture = architecture(0);
    ElasticWeights weights = ElasticWeights.read(FILE);
    Map<String, NamedArray> cut = weights.cut(architecture).arrays();
    ElasticNetwork around = new ElasticNetwork(0.05, 1, 0.1);
    for (int classes : new int[] {CLASSES, 4}) {
      Trainee trainee = weights.trainee(around, architecture);
      Map<String, NamedArray> trained =
          Safetensors.decode(
                  ((Finished) trained(trainee, classes, null, TrainingMonitor.none()))
                      .result()
                      .weights())
              .arrays();
      for (String name :
          List.of(
              "first_conv.conv.weight",
              "blocks.3.mobile_inverted_conv.depth_conv.conv.weight",
              "classifier.linear.bias")) {
        float[] before = Objects.requireNonNull(cut.get(name)).values();
        float[] after = Objects.requireNonNull(trained.get(name)).values();
        boolean isKept = classes == CLASSES || !name.startsWith("classifier");
        assertThat(Math.abs(before[0] - after[0]) < 1e-3).as(name).isEqualTo(isKept);
      }
      assertThat(Objects.requireNonNull(trained.get("classifier.linear.bias")).values())
          .hasSize(classes);
    }
  }

  @Test
  void areGoneOnFromLikeAnyOthers() {
    Trainee trainee =
        ElasticWeights.read(FILE).trainee(new ElasticNetwork(0.05, 2, 0.1), architecture(0));
    byte[] whole = ((Finished) trained(trainee, 4, null, Recorder.toTheEnd())).result().weights();
    byte[] checkpoint =
        ((Stopped) trained(trainee, 4, null, Recorder.stoppingAfter(2))).checkpoint();
    byte[] resumed =
        ((Finished) trained(trainee, 4, checkpoint, Recorder.toTheEnd())).result().weights();
    assertThat(resumed).isEqualTo(whole);
    Trainee fresh = new ElasticTrainee(architecture(0), new ElasticNetwork(0.05, 2, 0.1));
    assertThat(((Finished) trained(fresh, 4, null, Recorder.toTheEnd())).result().weights())
        .isNotEqualTo(whole);
    assertThat(fresh.identity()).isNotEqualTo(trainee.identity());
  }

  @Test
  void areOfOneWidth() {
    ElasticWeights weights = ElasticWeights.read(FILE);
    assertThatThrownBy(() -> weights.trainee(new ElasticNetwork(1, 2, 0.1), architecture(0)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network.width is 1.0, but the supernet's is 0.05");
  }
}
