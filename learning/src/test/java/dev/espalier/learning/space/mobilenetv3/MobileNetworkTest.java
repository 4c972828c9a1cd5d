package dev.espalier.learning.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.FeatureDropout;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.Recorder;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Schedule;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A MobileNetV3 network")
class MobileNetworkTest {
  private static final Torch TORCH = Torch.cpu();
  private static final int CLASSES = 4;
  private static final ElasticNetwork SMALL = new ElasticNetwork(0.05, 1, 0.3);
  private static final ElasticArchitecture MIXED =
      ElasticArchitecture.parse("k3e3-k5e6|k7e4-k3e3-k3e4|k3e6-k3e6|k5e4-k5e4-k5e4-k5e6|k7e6-k7e6");
  private static final ParameterSource DRAWN =
      ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1, "weights");

  private static ElasticPlan plan(ElasticArchitecture architecture) {
    return new ElasticPlan(architecture, SMALL, CLASSES, 3);
  }

  private static float[] pixels(int images, int side) {
    float[] pixels = new float[images * 3 * side * side];
    RandomStream.of(images, "images").fillGaussian(pixels, 1);
    return pixels;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void givesEveryParameterAGradient(long seed) {
    ElasticPlan plan = plan(MobileNetV3.SPACE.random(RandomStream.of(seed, "architecture")));
    try (MobileNetwork network = new MobileNetwork(TORCH, plan, DRAWN);
        Scope _ = TORCH.recording()) {
      Tensor images = TORCH.tensor(pixels(8, 32), 8, 3, 32, 32);
      Tensor loss = network.forward(images, Phase.TRAIN).square().sum();
      List<Tensor> gradients = Gradients.of(loss, network.leaves());
      assertThat(gradients).hasSize(plan.parameters().size());
      for (int i = 0; i < gradients.size(); i++) {
        assertThat(gradients.get(i).square().sum().item())
            .as(plan.parameters().get(i).name())
            .isPositive();
      }
    }
  }

  /** Central differences in double precision, of a weight of each kind of layer. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "first_conv.conv.weight",
        "blocks.0.mobile_inverted_conv.depth_conv.conv.weight",
        "blocks.3.mobile_inverted_conv.depth_conv.se.fc.reduce.bias",
        "blocks.4.mobile_inverted_conv.depth_conv.se.fc.expand.weight",
        "blocks.6.mobile_inverted_conv.inverted_bottleneck.conv.weight",
        "blocks.13.mobile_inverted_conv.point_linear.bn.weight",
        "feature_mix_layer.conv.weight",
        "classifier.linear.weight"
      })
  void hasTheGradientsOfDifferences(String name) {
    double step = 1e-7; // so small that hardly a ReLU turns
    double gradient;
    try (MobileNetwork network =
            new MobileNetwork(TORCH, plan(MIXED), DRAWN, Precision.FLOAT64, _ -> true);
        Scope _ = TORCH.recording()) {
      Tensor leaf = Objects.requireNonNull(network.parameters().get(name));
      gradient = Gradients.of(loss(network), List.of(leaf)).getFirst().toDoubles()[0];
    }
    double difference = (moved(name, step) - moved(name, -step)) / (2 * step);
    assertThat(gradient).isCloseTo(difference, within(1e-5 * Math.max(1, Math.abs(difference))));
    assertThat(gradient).isNotZero();
  }

  private static Tensor loss(MobileNetwork network) {
    float[] floats = pixels(4, 32);
    double[] wide = new double[floats.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = floats[i];
    }
    return network.forward(TORCH.tensor(wide, 4, 3, 32, 32), Phase.TRAIN).square().sum();
  }

  private static double moved(String name, double by) {
    try (MobileNetwork network =
            new MobileNetwork(TORCH, plan(MIXED), DRAWN, Precision.FLOAT64, _ -> false);
        Scope _ = TORCH.inference()) {
      Tensor parameter = Objects.requireNonNull(network.parameters().get(name));
      double[] change = new double[parameter.size()];
      change[0] = by;
      parameter.addInPlace(TORCH.tensor(change, parameter.shape()));
      return loss(network).item();
    }
  }

  @Test
  void dropsThePathsOfResidualBlocksAndFeatures() {
    List<Tensor> dropped = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    DropPath paths =
        path -> {
          dropped.add(path);
          return path;
        };
    FeatureDropout features =
        (x, share) -> {
          shares.add(share);
          return x.multiply(0);
        };
    try (MobileNetwork network = new MobileNetwork(TORCH, plan(MIXED), DRAWN);
        Scope _ = TORCH.inference()) {
      Tensor images = TORCH.tensor(pixels(4, 16), 4, 3, 16, 16);
      float[] logits = network.train(images, paths, features).logits().toFloats();
      float[] bias =
          Objects.requireNonNull(network.parameters().get("classifier.linear.bias")).toFloats();
      // the fixed block, all blocks of a stage but its first; at width 0.05 all stages have 8
      // channels, so that the fourth stage's first block, of stride 1, is residual too
      assertThat(dropped).hasSize(1 + (1 + 2 + 1 + 3 + 1) + 1);
      assertThat(shares).containsExactly(0.3);
      assertThat(List.of(logits[0], logits[1], logits[CLASSES]))
          .isEqualTo(List.of(bias[0], bias[1], bias[0]));
    }
  }

  @Test
  void dropsAsManyFeaturesAsItShouldAndKeepsTheirMean() {
    float[] ones = new float[20_000];
    Arrays.fill(ones, 1);
    try (Scope _ = TORCH.inference()) {
      Tensor features = TORCH.tensor(ones, 10, 2_000);
      FeatureDropout dropout = FeatureDropout.drawn(TORCH, RandomStream.of(1, "dropout"));
      float[] left = dropout.apply(features, 0.2).toFloats();
      long zeros = 0;
      for (float each : left) {
        zeros += each == 0 ? 1 : 0;
        assertThat(each == 0 || each == 1.25f).isTrue();
      }
      assertThat(zeros).isBetween(3_800L, 4_200L);
      assertThat(dropout.apply(features, 0)).isSameAs(features);
    }
  }

  /** Also where the image has become one pixel long before the end. */
  @ParameterizedTest(name = "{1} of {0} pixels")
  @CsvSource({"16, 2", "8, 2", "32, 3", "20, 5"})
  void isTrainedOnSmallImagesAndFewOfThem(int side, int images) {
    try (MobileNetwork network = new MobileNetwork(TORCH, plan(MIXED), DRAWN);
        Scope _ = TORCH.inference()) {
      Tensor batch = TORCH.tensor(pixels(images, side), images, 3, side, side);
      assertThat(network.forward(batch, Phase.TRAIN).shape()).containsExactly(images, CLASSES);
      for (float logit : network.forward(batch, Phase.EVALUATE).toFloats()) {
        assertThat(logit).isFinite();
      }
    }
  }

  /** Both kinds of dropping, in whose middle it stops: boundary 4 or 15 of 20. */
  @ParameterizedTest(name = "stopped at boundary {0}")
  @ValueSource(ints = {4, 15})
  void resumesATrainingBitForBit(int boundary) {
    byte[] whole = ((Finished) trained(null, Recorder.toTheEnd())).result().weights();
    byte[] checkpoint = ((Stopped) trained(null, Recorder.stoppingAfter(boundary))).checkpoint();
    byte[] resumed = ((Finished) trained(checkpoint, Recorder.toTheEnd())).result().weights();
    assertThat(resumed).isEqualTo(whole);
  }

  private static TrainingOutcome trained(byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        TORCH,
        Samples.dataset(new ImageShape(3, 16, 16), 100, 40, CLASSES),
        new ElasticTrainee(MIXED, SMALL),
        new TrainingRecipe(
            new TrainingBasics(2, 8, 80, 20, 20, 0.05, 0.9, true, 5e-4, 2, true, 16),
            Schedule.COSINE,
            1,
            1,
            0.1,
            new Refinements(0, 5, 0.2, 0)),
        7,
        "evaluation",
        checkpoint,
        monitor);
  }

  @Test
  void givesTheSameLogitsByOnnx() throws OrtException {
    Safetensors weights =
        Safetensors.decode(((Finished) trained(null, TrainingMonitor.none())).result().weights());
    byte[] model = ElasticGraph.model(MIXED, SMALL, weights, 16, Map.of("mean", "[0.5]"));
    ParameterSource trained =
        each -> Objects.requireNonNull(weights.arrays().get(each.name())).values();
    float[] pixels = pixels(3, 16);
    try (MobileNetwork network = new MobileNetwork(TORCH, plan(MIXED), trained);
        OrtSession session = OrtEnvironment.getEnvironment().createSession(model);
        OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(pixels),
                new long[] {3, 3, 16, 16});
        OrtSession.Result result = session.run(Map.of("images", input));
        Scope _ = TORCH.inference()) {
      network
          .buffers()
          .forEach((name, buffer) -> {
            float[] values = Objects.requireNonNull(weights.arrays().get(name)).values();
            buffer.subtractInPlace(buffer);
            buffer.addInPlace(TORCH.tensor(values, buffer.shape()));
          });
      float[] expected =
          network.forward(TORCH.tensor(pixels, 3, 3, 16, 16), Phase.EVALUATE).toFloats();
      float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) logits[i / CLASSES][i % CLASSES]).isCloseTo(expected[i], within(1e-4));
      }
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("architecture", MIXED.canonical());
    }
  }

  @Test
  void hasNoAuxiliaryHead() {
    assertThatThrownBy(() -> new ElasticTrainee(MIXED, SMALL).network(TORCH, 4, DRAWN, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("has no auxiliary head");
  }

  @Test
  void namesItsParametersAlikeInAllLanguages() {
    Locale usual = Locale.getDefault();
    List<ParameterSpecification> before = plan(MIXED).parameters();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(plan(MIXED).parameters()).isEqualTo(before);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void namesItsParametersAsPublished() {
    try (TrainableNetwork network =
        new ElasticTrainee(MIXED, SMALL).network(TORCH, 4, DRAWN, false)) {
      assertThat(network.parameters().keySet())
          .contains(
              "blocks.13.mobile_inverted_conv.depth_conv.se.fc.reduce.weight",
              "final_expand_layer.bn.weight")
          .noneMatch(name -> name.startsWith("blocks.14"));
      assertThat(network.buffers().keySet())
          .contains("blocks.1.mobile_inverted_conv.point_linear.bn.running_var");
    }
  }
}
