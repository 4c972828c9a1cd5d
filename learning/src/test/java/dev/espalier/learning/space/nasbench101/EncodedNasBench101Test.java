package dev.espalier.learning.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.space.nasbench101.VertexOperation;
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.statistics.Statistics;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Predictors read the cells of NAS-Bench-101")
class EncodedNasBench101Test {
  private static final Torch TORCH = Torch.cpu();
  private static final List<GraphCell> CELLS = cells(160);

  private static List<GraphCell> cells(int count) {
    RandomStream stream = RandomStream.of(3, "cells");
    return Stream.generate(() -> NasBench101.SPACE.random(stream)).limit(count).toList();
  }

  /** What reads the input and what the output reads count, each by its operation. */
  private static double accuracy(Architecture architecture) {
    GraphCell cell = (GraphCell) architecture;
    double sum = 0.5;
    for (int vertex = 1; vertex < cell.output(); vertex++) {
      double worth = cell.operation(vertex) == VertexOperation.CONV_3X3 ? 0.03 : 0.01;
      sum += cell.hasEdge(0, vertex) ? worth : 0;
      sum += cell.hasEdge(vertex, cell.output()) ? 0.01 : 0;
    }
    return cell.hasEdge(0, cell.output()) ? sum - 0.05 : sum;
  }

  private static Predictor fitted(String kind) {
    TrainingRows all =
        new TrainingRows(
            CELLS, CELLS.stream().mapToDouble(EncodedNasBench101Test::accuracy).toArray());
    PredictorRecipe recipe =
        new PredictorRecipe(kind, 20, 5e-3, 8, 6, 2, 5, 0.1, 0, kind.equals("forest") ? 50 : 1);
    return ((FitOutcome.Finished)
            Predictors.fit(
                TORCH,
                NasBench101.SPACE,
                recipe,
                all.select(IntStream.range(0, 100).toArray()),
                1,
                "fit",
                null,
                FitMonitor.none()))
        .predictor();
  }

  @ParameterizedTest(name = "{0}: Kendall''s tau above {1}")
  @CsvSource({"ensemble, 0.6", "forest, 0.4", "mlp, 0.5", "gnn, 0.3"})
  void andLearnWhatStandsWhere(String kind, double tau) {
    List<GraphCell> unseen = CELLS.subList(100, 160);
    double[] accuracies = unseen.stream().mapToDouble(EncodedNasBench101Test::accuracy).toArray();
    Predictor predictor = fitted(kind);
    double[] predicted = predictor.predict(unseen);

    assertThat(Statistics.kendallTau(predicted, accuracies)).isGreaterThan(tau);
    assertThat(Predictors.load(TORCH, NasBench101.SPACE, predictor.save()).predict(unseen))
        .isEqualTo(predicted);
  }

  /** With every possible number of vertices. */
  @Test
  void andTellSmallOnesApart() {
    Predictor predictor = fitted("mlp");
    List<GraphCell> small = IntStream.range(0, 91).mapToObj(GraphCell::ofIndex).toList();
    assertThat(IntStream.range(0, 91).mapToDouble(i -> predictor.predict(small)[i]).distinct())
        .hasSize(91);
  }

  @Test
  void andNoOthers() {
    Architecture other = ParallelSpace.PUBLISHED.random(RandomStream.of(0, "other"));
    Predictor predictor = fitted("forest");
    assertThatThrownBy(() -> predictor.predict(List.of(other)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not in the space");
    byte[] saved = predictor.save();
    assertThatThrownBy(() -> Predictors.load(TORCH, ParallelSpace.PUBLISHED, saved))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another space");
  }
}
