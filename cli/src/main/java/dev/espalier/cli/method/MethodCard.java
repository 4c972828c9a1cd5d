package dev.espalier.cli.method;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Round;
import dev.espalier.cli.view.Style;
import dev.espalier.search.providers.Providers;
import java.util.List;

/**
 * What a terminal shows of the experiments of one method: the card of a completed one, and how the
 * rounds of its stages go on. {@code META-INF/services} lists them; a method that has none there is
 * shown by {@link PlainCard}.
 */
public interface MethodCard {
  /** The method whose experiments these are. */
  String method();

  /**
   * The result, on one screen. No line is wider than 80 columns but the architecture's own, which
   * stays whole so that it can be copied.
   *
   * @param view of a completed experiment
   * @param drawing the architecture as terminal text
   */
  List<String> lines(ExperimentView view, String drawing, Places places, Style style);

  /** All rounds of a stage in hand, at least one, as far as they can be told beforehand. */
  default List<Round> rounds(ExperimentView view, StageView stage) {
    return Round.alike(stage.progress());
  }

  /** How the rounds of a stage of any experiment go on. */
  static List<Round> roundsOf(ExperimentView view, StageView stage) {
    return of(view.method()).rounds(view, stage);
  }

  /** The card of a method. */
  static MethodCard of(String method) {
    return Providers.of(MethodCard.class).stream()
        .filter(card -> card.method().equals(method))
        .findFirst()
        .orElseGet(() -> new PlainCard(method));
  }
}
