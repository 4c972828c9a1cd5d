package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.table.ArchitectureTable.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Step;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** All evaluations of an experiment in order: training cells, then the best ranked. */
final class Evaluations {
  private final List<Row> training;
  private final List<Row> top;
  private final List<Row> all = new ArrayList<>();

  Evaluations(List<Row> training, List<Row> top) {
    this.training = known(training);
    this.top = top;
    all.addAll(this.training);
    all.addAll(known(top));
  }

  private static List<Row> known(List<Row> rows) {
    return rows.stream().filter(row -> row.validationAccuracy() != null).toList();
  }

  /**
   * The first with the highest validation accuracy.
   *
   * @throws InvalidInput if none could be evaluated
   */
  Row best() {
    return best(all);
  }

  private static Row best(List<Row> rows) {
    @Nullable Row best = null;
    for (Row row : rows) {
      best = best == null || validation(row) > validation(best) ? row : best;
    }
    if (best == null) {
      throw new InvalidInput("no architecture could be evaluated, so none is the best");
    }
    return best;
  }

  double bestOfTraining() {
    return validation(best(training));
  }

  /** Its place among the best ranked, from 1; 0 for a training cell. */
  int rankOf(Row row) {
    return top.indexOf(row) + 1;
  }

  /** The best so far whenever it changes, and at the end. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    @Nullable Row best = null;
    for (int i = 0; i < all.size(); i++) {
      Row row = all.get(i);
      boolean isBetter = best == null || validation(row) > validation(best);
      best = isBetter ? row : Objects.requireNonNull(best);
      if (isBetter || i == all.size() - 1) {
        steps.add(new Step(i + 1, validation(best), best.testAccuracy()));
      }
    }
    return steps;
  }

  static double validation(Row row) {
    return Objects.requireNonNull(row.validationAccuracy());
  }

  /** Null where its test accuracy is not known. */
  static dev.espalier.workflows.evaluation.@Nullable Accuracy accuracy(Row row) {
    Double test = row.testAccuracy();
    return test == null
        ? null
        : new dev.espalier.workflows.evaluation.Accuracy(validation(row), test);
  }

  /** How far it is below the best that a table knows. */
  static Regret regret(Row chosen, ArchitectureTable table) {
    double best = Double.NEGATIVE_INFINITY;
    double bestTest = Double.NEGATIVE_INFINITY;
    for (String architecture : table.architectures()) {
      Accuracy accuracy = table.accuracy(architecture).orElseThrow();
      Double test = accuracy.test();
      best = Math.max(best, accuracy.validation());
      bestTest = test == null ? bestTest : Math.max(bestTest, test);
    }
    Double test = chosen.testAccuracy();
    OptionalDouble ofTest =
        test == null || !Double.isFinite(bestTest)
            ? OptionalDouble.empty()
            : OptionalDouble.of(bestTest);
    return new Regret(
        best,
        best - validation(chosen),
        ofTest.isPresent() ? Double.valueOf(bestTest) : null,
        test == null || ofTest.isEmpty() ? null : Double.valueOf(bestTest - test));
  }
}
