package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.Npz;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The public checkpoint of a trained generator (data/metad2a/README.md), against what the published
 * program computes with it (golden/metad2a).
 */
class PublishedGeneratorTest {
  private static final Torch TORCH = Torch.cpu();
  private static final GraphCoding CELLS = GraphCodings.of("nas-bench-201");

  private static GeneratorModel generator() {
    try {
      return GeneratorModel.read(
          TORCH,
          CELLS.topology(),
          "generator_ckpt_400.pt",
          Files.readAllBytes(SharedFiles.of("data/metad2a/generator_ckpt_400.pt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the formula: ten classes of 20 images. */
  private static SetDraw draw(int set) {
    float[] features = new float[200 * 512];
    for (int i = 0; i < features.length; i++) {
      double uniform = MetaGolden.formula(300 + set, i);
      features[i] = (float) (2 * uniform * uniform);
    }
    return new SetDraw(10, 20, 512, features);
  }

  private static List<SetDraw> draws() {
    return List.of(draw(0), draw(1), draw(2), draw(3));
  }

  @Test
  void itsLatentVectorsAreThePublishedOnes() {
    Npz golden = MetaGolden.arrays("trained_generator.npz");
    try (GeneratorModel generator = generator();
        Scope _ = TORCH.inference()) {
      GeneratorModel.Latent latent = generator.latent(draws());
      assertThat(doubles(latent.mean().toFloats()))
          .containsExactly(golden.get("set/mu"), within(1e-5));
      assertThat(doubles(latent.logVariance().toFloats()))
          .containsExactly(golden.get("set/logvar"), within(1e-5));
    }
  }

  @Test
  void itGrowsThePublishedGraphs() {
    Npz golden = MetaGolden.arrays("trained_generator.npz");
    JsonNode decoded = MetaGolden.json("trained_generator.json");
    try (GeneratorModel generator = generator()) {
      GivenNumbers sampled = new GivenNumbers(golden, CELLS.topology(), true);
      GivenNumbers greedy = new GivenNumbers(golden, CELLS.topology(), false);

      assertThat(generator.grow(sampled.latent(), sampled))
          .containsExactlyElementsOf(GoldenModelsTest.expected(decoded.get("sampled")));
      sampled.assertProbabilities();
      assertThat(generator.grow(greedy.latent(), greedy))
          .containsExactlyElementsOf(GoldenModelsTest.expected(decoded.get("greedy")));
    }
  }

  @Test
  void nearlyAllOf500GraphsAreCells() {
    List<SetDraw> draws = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      draws.add(draw(i % 4));
    }
    try (GeneratorModel generator = generator()) {
      List<CodedGraph> graphs = generator.generate(draws, RandomStream.of(1, "graphs"));
      GenerationMetrics metrics =
          GenerationMetrics.of(
              graphs.stream().map(each -> CELLS.decode(each).map(Architecture::canonical)).toList(),
              List.of());

      assertThat(metrics.validity()).isGreaterThanOrEqualTo(0.99);
      assertThat(metrics.uniqueness()).isGreaterThan(0.5);
      assertThat(generator.generate(draws.subList(0, 7), RandomStream.of(1, "graphs")))
          .as("a graph does not depend on how many others there are")
          .isEqualTo(graphs.subList(0, 7));
    }
  }

  @Test
  void featuresOfAnotherWidthAreNamed() {
    SetDraw wide = new SetDraw(2, 3, 1280, new float[6 * 1280]);
    try (GeneratorModel generator = generator()) {
      assertThatThrownBy(() -> generator.means(List.of(wide)))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("1280 wide, but the model reads 512");
    }
  }

  @Test
  void theLossOfCellsIsThePublishedOne() {
    Npz golden = MetaGolden.arrays("trained_generator.npz");
    List<CodedGraph> graphs = new ArrayList<>();
    for (JsonNode each : MetaGolden.json("trained_generator.json").get("loss_graphs")) {
      graphs.add(CELLS.encode(SearchSpaces.named("nas-bench-201").parse(each.asText())));
    }
    int batch = graphs.size();
    try (GeneratorModel generator = generator();
        Scope _ = TORCH.inference()) {
      GeneratorModel.Latent of =
          new GeneratorModel.Latent(
              TORCH.tensor(golden.floats("in/z"), batch, 56),
              TORCH.tensor(new float[batch * 56], batch, 56));
      GeneratorModel.Loss loss = generator.loss(of, graphs, null);
      assertThat(loss.total().item())
          .isCloseTo(golden.get("loss_total")[0], within(1e-4 * golden.get("loss_total")[0]));
      assertThat(loss.divergence().item())
          .isCloseTo(golden.get("loss_kld")[0], within(1e-4 * golden.get("loss_kld")[0]));
    }
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
