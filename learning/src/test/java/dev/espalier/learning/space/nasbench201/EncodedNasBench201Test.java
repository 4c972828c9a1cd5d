package dev.espalier.learning.space.nasbench201;

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
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.statistics.Statistics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Predictors read the cells of NAS-Bench-201. */
class EncodedNasBench201Test {
  private static final RandomStream STREAM = RandomStream.of(3, "cells");

  /** What stands on the last edge counts most: an encoding that mixes up places cannot tell. */
  private static double accuracy(Architecture architecture) {
    Cell cell = (Cell) architecture;
    double sum = 0.3;
    for (int edge = 0; edge < cell.operators().size(); edge++) {
      sum += cell.on(edge) == Operator.NOR_CONV_3X3 ? 0.02 * (edge + 1) : 0;
    }
    return sum;
  }

  @Test
  void theEnsembleLearnsWhatStandsWhere() {
    List<Cell> cells = Stream.generate(() -> NasBench201.SPACE.random(STREAM)).limit(160).toList();
    double[] accuracies = cells.stream().mapToDouble(EncodedNasBench201Test::accuracy).toArray();
    TrainingRows all = new TrainingRows(cells, accuracies);
    int[] fitted = Stream.iterate(0, i -> i + 1).limit(100).mapToInt(i -> i).toArray();
    PredictorRecipe recipe = new PredictorRecipe("ensemble", 20, 5e-3, 8, 6, 2, 5, 0.1, 0, 1);

    Predictor predictor =
        ((FitOutcome.Finished)
                Predictors.fit(
                    Torch.cpu(),
                    NasBench201.SPACE,
                    recipe,
                    all.select(fitted),
                    1,
                    "fit",
                    null,
                    FitMonitor.none()))
            .predictor();

    List<Cell> unseen = cells.subList(100, 160);
    assertThat(
            Statistics.kendallTau(
                predictor.predict(unseen),
                unseen.stream().mapToDouble(EncodedNasBench201Test::accuracy).toArray()))
        .isGreaterThan(0.9);
    assertThatThrownBy(() -> predictor.predict(List.of(ParallelSpace.PUBLISHED.random(STREAM))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not in the space");
  }
}
