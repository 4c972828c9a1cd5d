package dev.espalier.learning.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.space.darts.DartsNetwork;
import dev.espalier.learning.space.darts.GenotypeGraph;
import dev.espalier.learning.space.darts.GenotypeTrainee;
import dev.espalier.learning.space.nasbench101.GraphCellTrainee;
import dev.espalier.learning.space.nasbench101.ModuleGraph;
import dev.espalier.learning.space.nasbench201.CellGraph;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.space.parallel.LayersGraph;
import dev.espalier.learning.space.parallel.ParallelNetwork;
import dev.espalier.learning.space.parallel.ParallelPlan;
import dev.espalier.learning.space.parallel.ParallelTrainee;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Schedule;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that were trained for a moment, run by ONNX Runtime and by the engine. */
class OnnxModelTest {
  private static final Torch TORCH = Torch.cpu();
  private static final int CLASSES = 4;

  /** All five operators; then a node without input. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|",
        "|avg_pool_3x3~0|+|none~0|nor_conv_1x1~1|+|avg_pool_3x3~0|nor_conv_3x3~1|skip_connect~2|",
        "|none~0|+|nor_conv_3x3~0|none~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|"
      })
  void aTrainedCellGivesTheSameLogits(String text) throws OrtException {
    Cell cell = Cell.parse(text);
    TrainingRecipe recipe = recipe(16, new Refinements(0, 5, 0.2, 0.4));
    Safetensors weights =
        weights(
            ImageTraining.train(
                TORCH,
                data(16),
                new CellTrainee(cell, 4, 2),
                recipe,
                1,
                "onnx",
                null,
                TrainingMonitor.none()));
    byte[] model = CellGraph.model(cell, 2, weights, 16, Map.of("mean", "[0.5]"));
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("mean", "[0.5]")
          .containsEntry("cell", text);
    }
    try (Network network =
        new Network(TORCH, NetworkPlan.whole(4, 2, CLASSES, 3), cell.mask(), of(weights))) {
      assertSameLogits(network, weights, model, 16);
    }
  }

  /** Every operation, at both strides, with and without more channels; at 20 pixels odd sizes. */
  @ParameterizedTest(name = "images of {0} pixels")
  @ValueSource(ints = {16, 20})
  void aTrainedNetworkOfOperationsGivesTheSameLogits(int side) throws OrtException {
    MacroShape shape =
        new MacroShape(
            4,
            List.of(
                new LayerShape(4, 1),
                new LayerShape(6, 2),
                new LayerShape(8, 2),
                new LayerShape(8, 2),
                new LayerShape(10, 1)),
            List.of(Operation.values()),
            12);
    ParallelArchitecture architecture =
        ParallelArchitecture.parse(
            "skip+sep3+dil5|skip+sep5+dil3|skip+sep7+dil5|skip+sep3|skip+sep5+sep7+dil3");
    Safetensors weights =
        weights(
            ImageTraining.train(
                TORCH,
                data(side),
                new ParallelTrainee(shape, architecture),
                recipe(side, Refinements.NONE),
                1,
                "onnx",
                null,
                TrainingMonitor.none()));
    byte[] model = LayersGraph.model(shape, architecture, weights, side, Map.of());
    try (ParallelNetwork network =
        new ParallelNetwork(
            TORCH, new ParallelPlan(shape, architecture, CLASSES, 3), of(weights))) {
      assertSameLogits(network, weights, model, side);
    }
  }

  /** All operators, at both strides; a node that nothing leads to, a node with equal genes. */
  @ParameterizedTest(name = "{0}, images of {1} pixels")
  @CsvSource({"CIFAR, 16", "CIFAR, 18", "IMAGENET, 36"})
  void aTrainedGenotypeGivesTheSameLogits(DartsShape.Stem stem, int side) throws OrtException {
    Genotype genotype =
        Genotype.parse(
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_5x5', 1), ('dil_conv_3x3', 0), ('dil_conv_5x5', 2),"
                + " ('avg_pool_3x3', 1), ('max_pool_3x3', 2), ('skip_connect', 0), ('none', 1)],"
                + " normal_concat=range(2, 6), reduce=[('skip_connect', 0), ('max_pool_3x3', 1), ('sep_conv_3x3', 0),"
                + " ('sep_conv_3x3', 0), ('none', 0), ('none', 1), ('avg_pool_3x3', 0), ('dil_conv_5x5', 3)],"
                + " reduce_concat=range(2, 6))");
    int cells = 4;
    Safetensors weights =
        weights(
            ImageTraining.train(
                TORCH,
                data(side),
                new GenotypeTrainee(genotype, stem, 4, cells, side),
                recipe(side, new Refinements(0, 5, 0.2, 0.4)),
                1,
                "onnx",
                null,
                TrainingMonitor.none()));
    byte[] model = GenotypeGraph.model(genotype, cells, weights, side, Map.of());
    DartsShape shape = new DartsShape(stem, 4, cells, CLASSES, side, 3);
    try (DartsNetwork network = new DartsNetwork(TORCH, shape, genotype, of(weights))) {
      assertSameLogits(network, weights, model, side);
    }
  }

  /** All operations; a vertex that is cut off for its reader; the input at every place. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "output@0",
        "maxpool3x3@0-output@0+1",
        "conv3x3@0-conv1x1@1-maxpool3x3@1-output@0+2+3",
        "conv3x3@0-maxpool3x3@0+1-conv1x1@1-output@0+2+3"
      })
  void aTrainedCellOfVerticesGivesTheSameLogits(String text) throws OrtException {
    GraphCellNetwork around = new GraphCellNetwork(5, 3, 2);
    GraphCell cell = GraphCell.parse(text);
    GraphCellTrainee trainee = new GraphCellTrainee(cell, around);
    Safetensors weights =
        weights(
            ImageTraining.train(
                TORCH,
                data(16),
                trainee,
                recipe(16, new Refinements(0, 5, 0.2, 0)),
                1,
                "onnx",
                null,
                TrainingMonitor.none()));
    byte[] model = ModuleGraph.model(cell, around, weights, 16, Map.of());
    try (TrainableNetwork network = trainee.network(TORCH, CLASSES, of(weights), false)) {
      assertSameLogits(network, weights, model, 16);
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Cell cell = Cell.parse("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|");
    assertThatThrownBy(() ->
            CellGraph.model(
                cell, 1, Safetensors.of(Map.of("cell", "another"), List.of()), 16, Map.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the weights have no stem.0.weight: they are of another network");
  }

  private static ImageDataset data(int side) {
    return Samples.dataset(new ImageShape(3, side, side), 100, 40, CLASSES);
  }

  private static TrainingRecipe recipe(int side, Refinements refinements) {
    return new TrainingRecipe(
        new TrainingBasics(2, 10, 80, 20, 20, 0.05, 0.9, true, 5e-4, 0, true, side),
        Schedule.COSINE,
        1,
        1,
        0,
        refinements);
  }

  private static Safetensors weights(TrainingOutcome outcome) {
    return Safetensors.decode(((TrainingOutcome.Finished) outcome).result().weights());
  }

  private static ParameterSource of(Safetensors weights) {
    return parameter -> values(weights, parameter.name());
  }

  private static float[] values(Safetensors weights, String name) {
    return Objects.requireNonNull(weights.arrays().get(name), name).values();
  }

  private static void assertSameLogits(
      TrainableNetwork network, Safetensors weights, byte[] model, int side) throws OrtException {
    boolean[] moved = new boolean[1];
    network
        .buffers()
        .forEach((name, buffer) -> {
          float[] values = values(weights, name);
          try (Scope _ = TORCH.inference()) {
            buffer.subtractInPlace(buffer);
            buffer.addInPlace(TORCH.tensor(values, buffer.shape()));
          }
          moved[0] |= name.endsWith("running_mean") && values[0] != 0;
        });
    assertThat(moved[0]).as("running statistics have moved").isTrue();
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
      for (int images : new int[] {1, 7}) {
        float[] pixels = new float[images * 3 * side * side];
        RandomStream.of(images).fillGaussian(pixels, 1);
        float[][] logits = run(session, pixels, images, side);
        float[] expected;
        try (Scope _ = TORCH.inference()) {
          expected =
              network
                  .forward(TORCH.tensor(pixels, images, 3, side, side), Phase.EVALUATE)
                  .toFloats();
        }
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) logits[i / CLASSES][i % CLASSES])
              .isCloseTo(expected[i], within(1e-4));
        }
      }
    }
  }

  private static float[][] run(OrtSession session, float[] pixels, int images, int side)
      throws OrtException {
    long[] shape = {images, 3, side, side};
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of(Graph.IMAGES, input))) {
      return (float[][]) result.get(Graph.LOGITS).orElseThrow().getValue();
    }
  }
}
