package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.ExperimentPage;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.ResultCard;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.drawing.CellDrawing;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.store.ExperimentState;
import dev.espalier.workflows.report.ReportResult;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** What an experiment came to, or where it stands: in words, and as an exit status. */
final class Outcome {

  private Outcome() {}

  /** 0 for a completed experiment, 1 for any other. */
  static int status(ExperimentView view) {
    return view.state().equals(ExperimentState.COMPLETED) ? 0 : 1;
  }

  /** The result card of a completed experiment; of any other, where it stands and what to do. */
  static List<String> lines(ExperimentView view, Home home, Style style) {
    Optional<ReportResult> result = result(view);
    return result.isPresent()
        ? new ResultCard(style)
            .lines(view, result.get(), drawing(view, result.get()), places(home, view.id()))
        : ExperimentPage.lines(view, Homes.option(home), style);
  }

  private static Optional<ReportResult> result(ExperimentView view) {
    return view.result() == null || !view.state().equals(ExperimentState.COMPLETED)
        ? Optional.empty()
        : Optional.of(Json.read(view.result().toString(), ReportResult.class));
  }

  private static String drawing(ExperimentView view, ReportResult result) {
    return SearchSpaces.named(view.space()).parse(result.architecture()) instanceof Cell cell
        ? CellDrawing.text(cell)
        : "";
  }

  private static Places places(Home home, String id) {
    return new Places(
        RunningHome.findReadable(home).map(running -> Pages.of(running, id)).orElse(null),
        Files.exists(home.report(id)) ? home.report(id).toString() : null);
  }
}
