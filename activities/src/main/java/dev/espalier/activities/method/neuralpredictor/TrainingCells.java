package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.learning.predictor.Columns;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Target;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evaluated cells with what is to be learned of each, and their folds. */
final class TrainingCells {
  private final List<Architecture> architectures;
  private final double[] values;
  private final Columns columns;
  private final boolean classifies;

  private TrainingCells(
      List<Architecture> architectures, double[] values, Columns columns, boolean classifies) {
    this.architectures = architectures;
    this.values = values;
    this.columns = columns;
    this.classifies = classifies;
  }

  /** Their accuracies, of those that have one. */
  static double[] accuracies(List<Row> rows) {
    return rows.stream()
        .map(Row::validationAccuracy)
        .filter(accuracy -> accuracy != null)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * What a target learns from.
   *
   * @param columns what is known of the cells beside their graphs
   * @throws InvalidInput if too few pass, or all do
   */
  static TrainingCells of(SearchSpace space, List<Row> rows, Columns columns, Target target) {
    List<Architecture> architectures = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    int passing = 0;
    for (Row row : rows) {
      Double accuracy = row.validationAccuracy();
      if (accuracy == null) {
        continue;
      }
      boolean passes = accuracy >= target.threshold();
      passing += passes ? 1 : 0;
      if (passes || !target.passing()) {
        architectures.add(space.parse(row.architecture()));
        values.add(target.classifies() ? (passes ? 1.0 : 0.0) : accuracy);
      }
    }
    if (target.classifies() && (passing == 0 || passing == values.size())) {
      throw new InvalidInput(
          ("classifier.threshold: %s of the %d training cells reach %s, so there is nothing to tell apart: "
                  + "give another threshold, or 0 and a share")
              .formatted(passing == 0 ? "none" : "all", values.size(), target.threshold()));
    }
    return new TrainingCells(
        architectures,
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        columns,
        target.classifies());
  }

  int size() {
    return values.length;
  }

  TrainingRows all() {
    return new TrainingRows(architectures, values).with(columns);
  }

  /** What a predictor says of the cells at these positions. */
  List<Prediction> predicted(Predictor predictor, int... positions) {
    TrainingRows rows = all();
    double[] predicted =
        predictor.predict(Arrays.stream(positions).mapToObj(rows.architectures()::get).toList());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      predictions.add(
          new Prediction(
              architectures.get(positions[i]).canonical(), predicted[i], values[positions[i]]));
    }
    return predictions;
  }

  /** The cells of one fold, or of all others. */
  TrainingRows select(int... positions) {
    return all().select(positions);
  }

  /**
   * The positions of each fold. Who passes and who does not are spread evenly over the folds of a
   * classifier.
   *
   * @throws InvalidInput if there are fewer cells than folds, or too few to learn from
   */
  List<int[]> folds(int folds, long seed, int repeat) {
    int largest = Math.ceilDiv(size(), folds);
    if (size() < folds || size() - largest < 2) {
      throw new InvalidInput(
          ("crossValidation.folds (%d) are too many for the %d cells that there are to learn from: "
                  + "lower folds, raise split.train, or fit to all cells (predictor.fitTo)")
              .formatted(folds, size()));
    }
    int[] order = RandomStream.of(seed, "predictor", "folds", repeat).permutation(size());
    int[] dealt =
        classifies
            ? Arrays.stream(order)
                .boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a])) // stable
                .mapToInt(Integer::intValue)
                .toArray()
            : order;
    List<int[]> parts = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> part = new ArrayList<>();
      for (int i = fold; i < dealt.length; i += folds) {
        part.add(dealt[i]);
      }
      parts.add(part.stream().mapToInt(Integer::intValue).toArray());
    }
    return parts;
  }
}
