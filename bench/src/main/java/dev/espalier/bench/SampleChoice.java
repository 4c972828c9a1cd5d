package dev.espalier.bench;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Ensemble;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Choosing one cell of a sample by its scores. */
final class SampleChoice {
  private SampleChoice() {}

  /**
   * What scores cells.
   *
   * @param arguments {@code cells=N}: of each stage of the scored network
   */
  static CellIndicators indicators(
      ImageDataset images, IndicatorSettings settings, Arguments arguments) {
    ScoringSettings usual = ScoringSettings.DEFAULT;
    ScoringSettings network =
        new ScoringSettings(
            usual.channels(),
            arguments.number("cells", usual.cells()),
            usual.batch(),
            usual.imageSize());
    return new CellIndicators(
        Torch.cpu(),
        IndicatorImages.of(images, settings.ntk(), settings.regions()),
        settings,
        network);
  }

  /** The log-rank ensemble's score of each cell among these, larger is better. */
  static double[] ensemble(CellIndicators indicators, List<Cell> cells, long seed) {
    Map<Indicator, List<@Nullable Double>> members = new EnumMap<>(Indicator.class);
    for (Indicator member : Ensemble.LOG_RANK.members()) {
      List<@Nullable Double> values = new ArrayList<>();
      for (Cell cell : cells) {
        values.add(indicators.score(cell, member, seed));
      }
      members.put(member, values);
    }
    return Ensemble.LOG_RANK.scores(members).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The places of the highest score: several where they tie. */
  static int[] highest(double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    int[] places = new int[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] == most) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** What the cell with the highest score reaches; of several, what they reach on average. */
  static double reached(double[] scores, double[] accuracies) {
    return Statistics.mean(
        Arrays.stream(highest(scores)).mapToDouble(i -> accuracies[i]).toArray());
  }
}
