package dev.espalier.api.method.evolution;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.LearningCurves;
import dev.espalier.api.view.TrainingView;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The winner beside random networks of equal cost, all trained the same way.
 *
 * @param difference of their mean test accuracies; null while it is not known
 */
record FinalsSection(List<TrainingView> trained, @Nullable Difference difference) {
  FinalsSection {
    trained = List.copyOf(trained);
  }

  /**
   * One training. An architecture is written out in the first of its rows.
   *
   * @param first whether the row above is not of the same architecture
   */
  record Row(TrainingView training, boolean first) {
    String name() {
      return first ? training.ofFound() ? "winner" : "random" : "";
    }

    String seed() {
      return Objects.toString(training.seed(), "");
    }
  }

  /** All trainings of one side taken together. */
  record Sum(String name, Finals.Mean mean) {}

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    String above = "";
    for (TrainingView each : trained) {
      rows.add(new Row(each, !each.architecture().equals(above)));
      above = each.architecture();
    }
    return rows;
  }

  List<Sum> sums() {
    Finals finals = Finals.of(trained);
    List<Sum> sums = new ArrayList<>();
    finals.found().ifPresent(mean -> sums.add(new Sum("winner", mean)));
    finals.random().ifPresent(mean -> sums.add(new Sum("random", mean)));
    return sums;
  }

  static String verdict(Difference difference) {
    return difference.low() > 0
        ? "so it is better"
        : difference.high() < 0 ? "so it is worse" : "which does not tell them apart";
  }

  List<Chart> curves() {
    return LearningCurves.of(trained);
  }
}
