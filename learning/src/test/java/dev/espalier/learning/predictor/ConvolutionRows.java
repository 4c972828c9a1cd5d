package dev.espalier.learning.predictor;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.ArrayList;
import java.util.List;

/** Cells of NAS-Bench-201 with made-up accuracies. */
final class ConvolutionRows {
  static final NasBench201 SPACE = NasBench201.SPACE;

  private ConvolutionRows() {}

  static TrainingRows cells(int count) {
    RandomStream stream = RandomStream.of(11, "cells");
    List<Architecture> cells = new ArrayList<>();
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      cells.add(SPACE.random(stream));
      accuracies[i] = stream.nextDouble();
    }
    return new TrainingRows(cells, accuracies);
  }

  static List<Architecture> one() {
    return List.of(SPACE.random(RandomStream.of(12)));
  }

  static Predictor fitted(PredictorRecipe recipe, TrainingRows rows) {
    return ((FitOutcome.Finished)
            Predictors.fit(Torch.cpu(), SPACE, recipe, rows, 1, "fit", null, FitMonitor.none()))
        .predictor();
  }

  static Predictor published(byte[] checkpoint) {
    return Predictors.importPublished(SPACE, checkpoint);
  }
}
