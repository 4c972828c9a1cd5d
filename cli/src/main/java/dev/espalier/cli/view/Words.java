package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.StageProgress;
import java.util.List;

/** The phrases that several views share. */
final class Words {

  static final String BETWEEN = " · ";

  private Words() {}

  /** {@code te-nas · nasbench201 · cifar10 · quick · seed 0}. */
  static String title(ExperimentView view) {
    return Plain.line(
        String.join(
            BETWEEN,
            view.method(),
            view.space(),
            view.data(),
            view.preset(),
            "seed " + view.seed()));
  }

  /**
   * As much of the title as there is room for: the method, which the id begins with, goes first,
   * then the space and the preset, then a part of the data; the seed stays.
   */
  static String title(ExperimentView view, int room) {
    String seed = "seed " + view.seed();
    List<List<String>> ways =
        List.of(
            List.of(view.method(), view.space(), view.data(), view.preset(), seed),
            List.of(view.space(), view.data(), view.preset(), seed),
            List.of(view.data(), view.preset(), seed),
            List.of(view.data(), seed));
    for (List<String> way : ways) {
      String title = Plain.line(String.join(BETWEEN, way));
      if (Columns.width(title) <= room) {
        return title;
      }
    }
    int left = room - BETWEEN.length() - seed.length();
    return left < 2 ? seed : Columns.fit(Plain.line(view.data()), left) + BETWEEN + seed;
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
}
