package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.Npz;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published layouts, both ways (golden/metad2a). */
class MetaModelFilesTest {
  private static final Torch TORCH = Torch.cpu();
  private static final GraphTopology CELLS = MetaGolden.topology("nb201");

  private static MetaModel read(String name, byte[] bytes) {
    return name.contains("max_corr")
        ? MetaPredictorModel.read(TORCH, CELLS, name, bytes)
        : GeneratorModel.read(TORCH, CELLS, name, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ckpt_400.pt, ckpt_400.pt, 12",
    "ckpt_400_legacy.pt, ckpt_400.pt, 12",
    "ckpt_max_corr.pt, ckpt_max_corr.pt, 16"
  })
  void aPublishedCheckpointIsReadAndWrittenAsItIs(String file, String contents, int hidden) {
    JsonNode expected = MetaGolden.json("checkpoint_contents.json").get(contents);

    try (MetaModel model = read(file, MetaGolden.bytes(file))) {
      assertThat(model.sizes()).isEqualTo(new ModelSizes(512, 12, hidden));
      for (byte[] written : List.of(model.forPyTorch(), model.safetensors())) {
        try (MetaModel again = read(file, written)) {
          assertThat(again.leaves().state().keySet())
              .containsExactlyElementsOf(
                  expected.properties().stream().map(Map.Entry::getKey).toList());
          again.leaves().state().forEach((name, array) -> assertSame(expected.get(name), array));
          assertThat(again.safetensors()).isEqualTo(model.safetensors());
          assertThat(again.forPyTorch()).isEqualTo(model.forPyTorch());
        }
      }
    }
  }

  private static void assertSame(JsonNode expected, NamedArray found) {
    double sum = 0;
    for (float value : found.values()) {
      sum += value;
    }
    assertThat(Arrays.stream(found.shape()).mapToInt(size -> (int) size).toArray())
        .containsExactly(GraphCodingTest.numbers(expected.get("shape")));
    assertThat(sum).as(found.name()).isCloseTo(expected.get("sum").asDouble(), within(1e-4));
    assertThat((double) found.values()[0]).isEqualTo(expected.get("first").asDouble());
  }

  /** Every process must write the same bytes: they have a digest. */
  @Test
  void whatAPredictorsOutputsMeanIsWrittenInOneOrder() {
    try (MetaPredictorModel model =
        MetaPredictorModel.fresh(
            TORCH, CELLS, new ModelSizes(0, 8, 8), new AccuracyScale(0.5, 0.25), 0)) {
      assertThat(new String(model.safetensors(), StandardCharsets.ISO_8859_1))
          .contains("\"accuracy-mean\":\"0.5\",\"accuracy-deviation\":\"0.25\"");
    }
  }

  @Test
  void aPredictorOfThePublishedSizeScoresAsPublished() {
    Npz golden = MetaGolden.arrays("full_predictor_formula.npz");
    SequencedMap<String, NamedArray> state = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode each : MetaGolden.json("full_predictor_parameter_order.json")) {
      long[] shape = Arrays.stream(GraphCodingTest.numbers(each.get(1))).asLongStream().toArray();
      int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      double bound = 1 / Math.sqrt((double) shape[shape.length - 1]);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) ((2 * MetaGolden.formula(1000 + number, i) - 1) * bound);
      }
      number++;
      state.put(each.get(0).asText(), new NamedArray(each.get(0).asText(), shape, values));
    }
    float[] features = new float[200 * 512];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) MetaGolden.formula(77, i);
    }
    List<CodedGraph> graphs = new ArrayList<>();
    double[] types = golden.get("types");
    for (int from = 0; from < types.length; from += 6) {
      graphs.add(
          CELLS.graph(Arrays.stream(types, from, from + 6).mapToInt(each -> (int) each).toArray()));
    }

    byte[] file = new ModelFile(state, Map.of()).forPyTorch();
    try (MetaPredictorModel model = MetaPredictorModel.read(TORCH, CELLS, "formula", file)) {
      assertThat(model.sizes()).isEqualTo(ModelSizes.PREDICTOR);
      assertThat(model.leaves().state().keySet()).containsExactlyElementsOf(state.keySet());
      assertThat(model.score(List.of(new SetDraw(10, 20, 512, features)), graphs))
          .containsExactly(golden.get("score"), within(1e-5));
    }
  }

  @Test
  void aFreshModelHasThePublishedShapesAndItsOwnSeed() {
    try (GeneratorModel one = GeneratorModel.fresh(TORCH, CELLS, ModelSizes.GENERATOR, 1);
        GeneratorModel same = GeneratorModel.fresh(TORCH, CELLS, ModelSizes.GENERATOR, 1);
        GeneratorModel other = GeneratorModel.fresh(TORCH, CELLS, ModelSizes.GENERATOR, 2);
        GeneratorModel again = GeneratorModel.read(TORCH, CELLS, "fresh", one.forPyTorch())) {
      assertThat(same.safetensors()).isEqualTo(one.safetensors()).isNotEqualTo(other.safetensors());
      assertThat(again.sizes()).isEqualTo(ModelSizes.GENERATOR);
      assertBound(one, "grud.weight_ih", 1 / Math.sqrt(56));
      assertBound(one, "grue_forward.bias_hh", 1 / Math.sqrt(56));
      assertBound(one, "add_vertex.2.weight", 1 / Math.sqrt(112));
      assertBound(one, "intra_setpool.enc.0.mab.fc_q.weight", 1 / Math.sqrt(512));
      assertBound(one, "inter_setpool.dec.0.S", Math.sqrt(3.0 / 56));
    }
  }

  private static void assertBound(GeneratorModel model, String name, double bound) {
    double largest = 0;
    for (float value : Objects.requireNonNull(model.leaves().state().get(name)).values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as(name).isBetween(0.9 * bound, bound);
  }

  @Test
  void whatAPredictorsOutputsMeanGoesWithItsFile() {
    AccuracyScale scale = AccuracyScale.of(0.5, 0.6, 0.7);
    ModelSizes sizes = new ModelSizes(0, 8, 6);

    try (MetaPredictorModel model = MetaPredictorModel.fresh(TORCH, CELLS, sizes, scale, 1);
        MetaPredictorModel again =
            MetaPredictorModel.read(TORCH, CELLS, "own", model.forPyTorch())) {
      assertThat(again.sizes()).isEqualTo(sizes);
      assertThat(again.scale()).isEqualTo(scale);
      assertThat(scale.target(0.7)).isCloseTo(0.01, within(1e-12));
      assertThat(scale.accuracy(scale.target(0.63))).isCloseTo(0.63, within(1e-12));
      List<CodedGraph> graphs =
          List.of(CELLS.graph(2, 3, 4, 5, 6, 2), CELLS.graph(5, 5, 5, 5, 5, 5));
      assertThat(again.score(List.of(), graphs)).isEqualTo(model.score(List.of(), graphs));
      try (Scope _ = TORCH.inference()) {
        assertThat(model.score(List.of(), graphs)[1])
            .isCloseTo(model.outputs(List.of(), graphs).toFloats()[1], within(1e-6));
      }
    }
    assertThatThrownBy(() -> AccuracyScale.of(0.5, 0.5))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("differ");
  }

  @Test
  void aFileOfTheOtherKindOrOfAnotherSpaceIsNamed() {
    byte[] generator = MetaGolden.bytes("ckpt_400.pt");

    assertThatThrownBy(() -> MetaPredictorModel.read(TORCH, CELLS, "a.pt", generator))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("a.pt is a MetaD2A generator, but a predictor is needed: give the other file");
    assertThatThrownBy(
            () -> GeneratorModel.read(TORCH, MetaGolden.topology("mbv3"), "a.pt", generator))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another search space")
        .hasMessageContaining("8 vertices of 7 types")
        .hasMessageContaining("22 of 29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"toybylabel.pt", "nasbench201_toy.pt", "meta_train_tasks_toy.pt"})
  void dataGivenAsACheckpointIsRefused(String file) {
    byte[] bytes = MetaGolden.bytes(file);

    assertThatThrownBy(() -> GeneratorModel.read(TORCH, CELLS, file, bytes))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(file)
        .hasMessageContaining("metad2a-train");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ckpt_400.pt", "ckpt_400_legacy.pt", "safetensors"})
  void aFileCutShortAnywhereIsRefused(String file) {
    byte[] whole;
    if (file.equals("safetensors")) {
      try (MetaModel model = read(file, MetaGolden.bytes("ckpt_400.pt"))) {
        whole = model.safetensors();
      }
    } else {
      whole = MetaGolden.bytes(file);
    }
    for (int length = 0; length < whole.length; length += 1 + whole.length / 23) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> GeneratorModel.read(TORCH, CELLS, file, part))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining(file);
    }
  }

  @Test
  void aStateThatDoesNotFitTogetherIsRefused() {
    ModelFile file = ModelFile.read("a", MetaGolden.bytes("ckpt_400.pt"));
    SequencedMap<String, NamedArray> wrong = new LinkedHashMap<>(file.arrays());
    wrong.put("fc3.bias", new NamedArray("fc3.bias", new long[] {3}, new float[3]));
    SequencedMap<String, NamedArray> less = new LinkedHashMap<>(file.arrays());
    less.remove("grud.weight_hh");
    SequencedMap<String, NamedArray> diverged = new LinkedHashMap<>(file.arrays());
    NamedArray bias = Objects.requireNonNull(file.arrays().get("fc2.bias"));
    float[] values = bias.values().clone();
    values[4] = Float.NaN;
    diverged.put("fc2.bias", new NamedArray("fc2.bias", bias.shape(), values));

    assertRefused(wrong, "fc3.bias has the shape [3], expected [12]");
    assertRefused(less, "it has no grud.weight_hh");
    assertRefused(diverged, "holds NaN in fc2.bias");
  }

  private static void assertRefused(SequencedMap<String, NamedArray> state, String message) {
    byte[] bytes = new ModelFile(state, Map.of()).forPyTorch();
    assertThatThrownBy(() -> GeneratorModel.read(TORCH, CELLS, "a.pt", bytes))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }
}
