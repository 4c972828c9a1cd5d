package dev.espalier.learning.predictor.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.predictor.convolution.ConvolutionWeights.Parameter;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionScorerTest {
  private static final int KINDS = 5;

  private static ConvolutionWeights weights(int width, int hidden, int layers) {
    List<float[]> arrays = new ArrayList<>();
    for (Parameter parameter : ConvolutionWeights.parameters(KINDS, width, hidden, layers)) {
      float[] values = new float[parameter.size()];
      double bound = Math.sqrt(6.0 / (parameter.rows() + parameter.columns()));
      RandomStream.of(5, parameter.name()).fillUniform(values, -bound, bound);
      arrays.add(values);
    }
    return new ConvolutionWeights(KINDS, width, hidden, layers, arrays);
  }

  /** Of 2 to 7 vertices, or a few more. */
  private static List<VertexGraph> graphs(int count, int most) {
    RandomStream stream = RandomStream.of(6, "graphs", most);
    List<VertexGraph> graphs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int vertices = 2 + stream.nextInt(most - 1);
      int[] kinds = IntStream.range(0, vertices).map(_ -> stream.nextInt(KINDS)).toArray();
      List<Integer> edges = new ArrayList<>();
      for (int v = 0; v < vertices; v++) {
        for (int u = v + 1; u < vertices; u++) {
          if (stream.nextInt(5) < 2) {
            edges.add(VertexGraph.edge(v, u));
          }
        }
      }
      graphs.add(
          new VertexGraph(KINDS, kinds, edges.stream().mapToInt(Integer::intValue).toArray()));
    }
    return graphs;
  }

  @ParameterizedTest
  @CsvSource({"144, 128, 3, 7", "8, 6, 3, 7", "20, 9, 1, 7", "16, 16, 2, 40", "33, 5, 5, 12"})
  void scoresAreWhatTheTrainedNetworkGives(int width, int hidden, int layers, int most) {
    ConvolutionWeights weights = weights(width, hidden, layers);
    List<VertexGraph> graphs = graphs(2500, most); // more than a chunk
    float[] expected =
        new ConvolutionPass(weights).forward(graphs, new Dropout(0, RandomStream.of(0)));

    float[] scores = new ConvolutionScorer(weights).score(graphs.size(), graphs::get);

    assertThat(scores).containsExactly(expected, within(2e-6f));
    assertThat(IntStream.range(0, scores.length).mapToObj(i -> scores[i]).distinct())
        .hasSizeGreaterThan(graphs.size() / 10);
  }

  @Test
  void aGraphGetsTheSameBitsWhateverElseIsScored() {
    ConvolutionWeights weights = weights(24, 8, 3);
    List<VertexGraph> graphs = graphs(3000, 7);
    float[] together = new ConvolutionScorer(weights).score(graphs.size(), graphs::get);
    List<VertexGraph> reversed = graphs.reversed();
    float[] backwards = new ConvolutionScorer(weights).score(graphs.size(), reversed::get);

    for (int i = 0; i < graphs.size(); i++) {
      assertThat(backwards[graphs.size() - 1 - i]).isEqualTo(together[i]);
    }
    for (int i = 0; i < graphs.size(); i += 100) {
      int at = i;
      assertThat(new ConvolutionScorer(weights).score(1, _ -> graphs.get(at))[0])
          .isEqualTo(together[i]);
    }
  }

  /** Numbers beyond those of float would come of lifting such weights: they are not lifted. */
  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1, 1e4f, 1e8f})
  void weightsOfAnySizeAreScored(float size) {
    ConvolutionWeights weights = weights(24, 8, 3);
    for (float[] array : weights.arrays().subList(0, 6)) {
      for (int i = 0; i < array.length; i++) {
        array[i] *= i % 3 == 0 ? size : 1;
      }
    }
    List<VertexGraph> graphs = graphs(300, 7);
    float[] expected =
        new ConvolutionPass(weights).forward(graphs, new Dropout(0, RandomStream.of(0)));

    float[] scores = new ConvolutionScorer(weights).score(graphs.size(), graphs::get);

    double largest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(expected[i]))
            .max()
            .orElseThrow();
    assertThat(largest).isPositive().isFinite();
    assertThat(scores).containsExactly(expected, within((float) (2e-6 * largest)));
  }

  @Test
  void aSubnormalWeightIsLiftedToANormalOneAndItsBitsStay() {
    ConvolutionWeights weights = weights(24, 8, 3);
    weights.arrays().get(2)[5] = Float.MIN_VALUE;
    LiftedWeights lifted = new LiftedWeights(weights);

    assertThat(lifted.of(1, 0)[5]).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
    assertThat(lifted.of(1, 0)[6]).isEqualTo(Math.scalb(weights.arrays().get(2)[6], 24));
    assertThat(lifted.lowering()).isEqualTo(Math.scalb(1f, -96));
  }

  @Test
  void tablesThatAreFullAreBegunAnew() {
    ConvolutionWeights weights = weights(16, 8, 3);
    List<VertexGraph> graphs = graphs(6000, 7);

    assertThat(new ConvolutionScorer(weights, 500).score(graphs.size(), graphs::get))
        .containsExactly(new ConvolutionScorer(weights).score(graphs.size(), graphs::get));
  }
}
