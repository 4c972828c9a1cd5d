package dev.espalier.activities.prediction;

import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.prediction.PredictorActivities.Fitted;
import dev.espalier.workflows.prediction.PredictorActivities.SplitOutcome;
import dev.espalier.workflows.prediction.PredictorActivities.Summarize;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the splits of a comparison of predictors together. */
final class PredictorSummary {
  private static final double CONFIDENCE = 0.95;

  private PredictorSummary() {}

  static TrainPredictorResult of(Summarize request) {
    Map<String, List<SplitOutcome>> groups = new TreeMap<>();
    for (SplitOutcome split : request.splits()) {
      groups
          .computeIfAbsent(
              "%s/%09d".formatted(split.kind(), split.trainingRows()), key -> new ArrayList<>())
          .add(split);
    }
    List<Quality> quality =
        groups.values().stream()
            .map(PredictorSummary::quality)
            .sorted(Comparator.comparing(Quality::kind).thenComparingInt(Quality::rows))
            .toList();
    Double error =
        quality.stream()
            .filter(each -> each.kind().equals(request.kind()))
            .max(Comparator.comparingInt(Quality::rows))
            .map(Quality::error)
            .orElse(null);
    List<Prediction> heldOut =
        request.splits().stream()
            .map(SplitOutcome::heldOut)
            .filter(predictions -> !predictions.isEmpty())
            .findFirst()
            .orElse(List.of());
    Fitted fitted = request.fitted();
    return new TrainPredictorResult(
        request.kind(),
        fitted.model(),
        fitted.rows(),
        fitted.least(),
        fitted.most(),
        error,
        quality,
        heldOut);
  }

  private static Quality quality(List<SplitOutcome> splits) {
    double[] taus = splits.stream().mapToDouble(SplitOutcome::tau).toArray();
    @Nullable Interval interval =
        taus.length < 2 ? null : Statistics.meanInterval(CONFIDENCE, taus).within(-1, 1);
    return new Quality(
        splits.getFirst().kind(),
        splits.getFirst().trainingRows(),
        taus.length,
        Statistics.mean(taus),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        splits.stream().mapToDouble(SplitOutcome::error).average().orElseThrow());
  }
}
