package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.Npz;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Adam;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what the published program computes with small made-up weights (golden/metad2a). */
class GoldenModelsTest {
  private static final Torch TORCH = Torch.cpu();
  private static final double FORWARD = 1e-5;
  private static final double STEPS = 1e-4;

  private static SequencedMap<String, NamedArray> state(
      String space, ModelKind kind, ModelSizes sizes) {
    Npz weights = MetaGolden.arrays(space + "_" + kind.title() + "_weights.npz");
    SequencedMap<String, NamedArray> state = new LinkedHashMap<>();
    ModelState.shapes(kind, MetaGolden.topology(space), sizes)
        .forEach(
            (name, shape) -> state.put(name, new NamedArray(name, shape, weights.floats(name))));
    return state;
  }

  private static GeneratorModel generator(String space) {
    ModelFile file =
        new ModelFile(state(space, ModelKind.GENERATOR, new ModelSizes(512, 56, 56)), Map.of());
    return GeneratorModel.read(TORCH, MetaGolden.topology(space), space, file.safetensors());
  }

  private static MetaPredictorModel predictor(String space) {
    ModelFile file =
        new ModelFile(state(space, ModelKind.PREDICTOR, new ModelSizes(512, 56, 40)), Map.of());
    return MetaPredictorModel.read(TORCH, MetaGolden.topology(space), space, file.forPyTorch());
  }

  private static SetDraw draw(Npz golden, int set) {
    float[] features = golden.floats("in/features_" + set);
    return new SetDraw(features.length / 5120, 10, 512, features);
  }

  private static List<CodedGraph> graphs(String space) {
    List<CodedGraph> graphs = new ArrayList<>();
    for (JsonNode each : MetaGolden.json(space + "_graphs.json").get("architectures")) {
      int[] types = GraphCodingTest.numbers(each.get("types"));
      int inner = MetaGolden.topology(space).vertices() - 2;
      graphs.add(
          MetaGolden.topology(space)
              .graph(types.length == inner ? types : Arrays.copyOfRange(types, 1, inner + 1)));
    }
    return graphs;
  }

  private static void assertClose(Npz golden, String name, float[] found, double tolerance) {
    double[] expected = golden.get(name);
    assertThat(found).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as("%s[%d]", name, i)
          .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void setsAreEncodedAsPublished(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (GeneratorModel generator = generator(space);
        MetaPredictorModel predictor = predictor(space);
        Scope _ = TORCH.inference()) {
      for (int set = 0; set < 2; set++) {
        GeneratorModel.Latent latent = generator.latent(List.of(draw(golden, set)));
        assertClose(golden, "gen/set" + set + "/mu", latent.mean().toFloats(), FORWARD);
        assertClose(golden, "gen/set" + set + "/logvar", latent.logVariance().toFloats(), FORWARD);
        assertClose(
            golden,
            "pred/set" + set + "/vector",
            new SetEncoder(new Leaves(TORCH, predictor.leaves().state()), predictor.sizes())
                .vectors(List.of(draw(golden, set)))
                .toFloats(),
            FORWARD);
      }
      GeneratorModel.Latent both =
          generator.latent(List.of(draw(golden, 0), draw(golden, 1), draw(golden, 0)));
      assertClose(golden, "gen/set1/mu", both.mean().narrow(0, 1, 2).toFloats(), FORWARD);
      assertClose(golden, "gen/set0/mu", both.mean().narrow(0, 2, 3).toFloats(), FORWARD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void graphsAreEncodedAsPublished(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (GeneratorModel generator = generator(space);
        Scope _ = TORCH.inference()) {
      List<CodedGraph> graphs = graphs(space);
      Tensor encoded = generator.encodedGraphs(graphs);
      assertClose(golden, "gen/graph/mu", encoded.narrow(1, 0, 56).toFloats(), FORWARD);
      assertClose(golden, "gen/graph/logvar", encoded.narrow(1, 56, 112).toFloats(), FORWARD);
      GraphEncoder encoder =
          new GraphEncoder(
              new Leaves(TORCH, generator.leaves().state()), MetaGolden.topology(space));
      assertClose(golden, "gen/graph/H_forward_g0", first(encoder.forward().all(graphs)), FORWARD);
      assertClose(
          golden, "gen/graph/H_backward_g0", first(encoder.backward().all(graphs)), FORWARD);
    }
  }

  private static float[] first(List<Tensor> states) {
    float[] all = new float[states.size() * 56];
    for (int vertex = 0; vertex < states.size(); vertex++) {
      states.get(vertex).narrow(0, 0, 1).copyTo(all, vertex * 56);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void graphsAreScoredAsPublished(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (MetaPredictorModel predictor = predictor(space)) {
      for (int set = 0; set < 2; set++) {
        double[] scores = predictor.score(List.of(draw(golden, set)), graphs(space));
        assertThat(scores).containsExactly(golden.get("pred/score_set" + set), within(FORWARD));
      }
      double[] mean = predictor.score(List.of(draw(golden, 0), draw(golden, 1)), graphs(space));
      for (int i = 0; i < mean.length; i++) {
        double expected = (golden.get("pred/score_set0")[i] + golden.get("pred/score_set1")[i]) / 2;
        assertThat(mean[i]).isCloseTo(expected, within(FORWARD));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void theGeneratorsLossAndItsGradientsAreThePublishedOnes(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (GeneratorModel generator = generator(space);
        Scope _ = TORCH.recording()) {
      generator.leaves().deferred().open();
      GeneratorModel.Loss loss =
          generator.loss(
              new GeneratorModel.Latent(
                  TORCH.tensor(golden.floats("in/z_mu"), 8, 56),
                  TORCH.tensor(golden.floats("in/z_logvar"), 8, 56)),
              graphs(space),
              null);
      assertClose(golden, "gen/loss_total", loss.total().toFloats(), STEPS);
      assertClose(golden, "gen/loss_recon", loss.reconstruction().toFloats(), STEPS);
      assertClose(golden, "gen/loss_kld", loss.divergence().toFloats(), STEPS);
      assertGradients(golden, "gen", generator, loss.total());
    }
  }

  private static void assertGradients(Npz golden, String prefix, MetaModel model, Tensor loss) {
    SequencedMap<String, Tensor> leaves = model.leaves().all();
    List<Tensor> gradients = model.leaves().deferred().of(loss, List.copyOf(leaves.values()));
    List<NamedArray> named = new ArrayList<>();
    int at = 0;
    for (String name : leaves.keySet()) {
      named.add(NamedArray.of(name, gradients.get(at++)));
    }
    Map<String, NamedArray> published = model.leaves().state(named);
    List<String> compared = new ArrayList<>();
    published.forEach((name, array) -> {
      if (golden.has(prefix + "/grad/" + name)) {
        assertClose(golden, prefix + "/grad/" + name, array.values(), STEPS);
        compared.add(name);
      }
    });
    assertThat(compared).hasSizeGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void threeStepsOfTheGeneratorAreThePublishedOnes(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (GeneratorModel generator = generator(space)) {
      assertSteps(
          golden,
          "gen",
          generator,
          () -> {
            GeneratorModel.Latent latent =
                generator.latent(Collections.nCopies(4, draw(golden, 0)));
            return generator.loss(latent, graphs(space).subList(0, 4), null).total();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void thePredictorsGradientsAndThreeStepsAreThePublishedOnes(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    try (MetaPredictorModel predictor = predictor(space)) {
      LossOfStep loss =
          () ->
              predictor.loss(
                  Collections.nCopies(8, draw(golden, 0)),
                  graphs(space),
                  TORCH.tensor(golden.floats("in/pred_target"), 8, 1));
      try (Scope _ = TORCH.recording()) {
        predictor.leaves().deferred().open();
        assertGradients(golden, "pred", predictor, loss.loss());
      }
      assertSteps(golden, "pred", predictor, loss);
    }
  }

  private interface LossOfStep {
    Tensor loss();
  }

  private static void assertSteps(Npz golden, String prefix, MetaModel model, LossOfStep loss) {
    double[] losses = new double[3];
    try (Optimizer adam =
        new Adam(TORCH, model.leaves().all(), Adam.Decay.L2, 0, 0, Optimizer.Memory.NONE)) {
      for (int step = 0; step < 3; step++) {
        try (Scope _ = TORCH.recording()) {
          model.leaves().deferred().open();
          Tensor now = loss.loss();
          losses[step] = now.item();
          adam.step(model.leaves().deferred().of(now, adam.parameters()), 1e-4);
        }
      }
    }
    double[] expected = golden.get(prefix + "/adam3/losses");
    for (int step = 0; step < 3; step++) {
      assertThat(losses[step])
          .as("loss of step %d", step)
          .isCloseTo(expected[step], within(STEPS * Math.max(1, expected[step])));
    }
    List<String> compared = new ArrayList<>();
    model
        .leaves()
        .state()
        .forEach((name, array) -> {
          if (golden.has(prefix + "/adam3/after/" + name)) {
            assertClose(golden, prefix + "/adam3/after/" + name, array.values(), STEPS / 10);
            compared.add(name);
          }
        });
    assertThat(compared).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nb201", "mbv3"})
  void graphsGrowAsPublishedByTheSameNumbers(String space) {
    Npz golden = MetaGolden.arrays(space + ".npz");
    JsonNode decoded = MetaGolden.json(space + "_graphs.json").get("decode");
    try (GeneratorModel generator = generator(space)) {
      GivenNumbers sampled = new GivenNumbers(golden, MetaGolden.topology(space), true);
      List<CodedGraph> grown = generator.grow(sampled.latent(), sampled);
      assertThat(grown).containsExactlyElementsOf(expected(decoded.get("sampled")));
      sampled.assertProbabilities();
      GivenNumbers greedy = new GivenNumbers(golden, MetaGolden.topology(space), false);
      assertThat(generator.grow(greedy.latent(), greedy))
          .containsExactlyElementsOf(expected(decoded.get("greedy")));
    }
  }

  static List<CodedGraph> expected(JsonNode decoded) {
    List<CodedGraph> graphs = new ArrayList<>();
    decoded.forEach(each -> graphs.add(GraphCodingTest.graph(Objects.requireNonNull(each))));
    return graphs;
  }
}
