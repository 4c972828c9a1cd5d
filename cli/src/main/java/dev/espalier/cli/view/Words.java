package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.StageProgress;
import java.util.Locale;

/** The phrases that several views share. */
final class Words {

  static final String BETWEEN = " · ";

  private Words() {}

  /** {@code NEEDS_ATTENTION} as {@code needs attention}. */
  static String state(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** {@code te-nas · nasbench201 · cifar10 · quick · seed 0}. */
  static String title(ExperimentView view) {
    return String.join(
        BETWEEN, view.method(), view.space(), view.data(), view.preset(), "seed " + view.seed());
  }

  /** {@code 1 recovery}, {@code 2 recoveries}. */
  static String recoveries(int count) {
    return count == 1 ? "1 recovery" : count + " recoveries";
  }

  /** {@code round 2 of 3 · 11 of 18 candidates}; empty while nothing is known. */
  static String progress(StageProgress progress) {
    StringBuilder text = new StringBuilder();
    if (progress.rounds() > 1) {
      int round = Math.min(progress.round() + 1, progress.rounds());
      text.append("round ").append(round).append(" of ").append(progress.rounds());
    }
    if (progress.total() > 0) {
      text.append(text.isEmpty() ? "" : " · ")
          .append(progress.done())
          .append(" of ")
          .append(progress.total());
      if (!progress.unit().isEmpty()) {
        text.append(' ').append(progress.unit());
      }
    }
    return text.toString();
  }

  /** {@code round 2/3 · 11/18}; empty while nothing is known. */
  static String shortProgress(StageProgress progress) {
    String units = progress.total() > 0 ? progress.done() + "/" + progress.total() : "";
    if (progress.rounds() <= 1) {
      return units;
    }
    int round = Math.min(progress.round() + 1, progress.rounds());
    return "round %d/%d%s"
        .formatted(round, progress.rounds(), units.isEmpty() ? "" : " · " + units);
  }

  /** {@code 1.8/s} or, below one a second, {@code 14.2/min}. */
  static String rate(double perSecond) {
    return perSecond >= 1
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : perSecond * 60 >= 0.95
            ? String.format(Locale.ROOT, "%.1f/min", perSecond * 60)
            : String.format(Locale.ROOT, "%.1f/h", perSecond * 3600);
  }
}
