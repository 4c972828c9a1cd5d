package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.ExperimentPage;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import java.nio.file.Files;
import java.util.List;

/** What an experiment came to, or where it stands: in words, and as an exit status. */
final class Outcome {

  private Outcome() {}

  /** 0 for a completed experiment, 1 for any other. */
  static int status(ExperimentView view) {
    return view.state() == ExperimentState.COMPLETED ? 0 : 1;
  }

  /** The result card of a completed experiment; of any other, where it stands and what to do. */
  static List<String> lines(ExperimentView view, Home home, Style style) {
    JsonNode result = view.result();
    return result == null || view.state() != ExperimentState.COMPLETED
        ? ExperimentPage.lines(view, Homes.option(home), style)
        : card(view).lines(view, drawing(view), places(home, view.id()), style);
  }

  private static MethodCard card(ExperimentView view) {
    if (Methods.find(view.method()).isEmpty()) {
      throw new InvalidInput(
          ("%s is of the method %s, which this version does not know: "
                  + "use the one that ran it, or espalier show %s --json")
              .formatted(view.id(), view.method(), view.id()));
    }
    return MethodCard.of(view.method());
  }

  private static String drawing(ExperimentView view) {
    String architecture = ExperimentLine.of(view).architecture();
    return architecture == null ? "" : Architectures.parse(view.space(), architecture).text();
  }

  private static Places places(Home home, String id) {
    return new Places(
        RunningHome.findReadable(home).map(running -> PageAddresses.of(running, id)).orElse(null),
        Files.exists(home.report(id)) ? home.report(id).toString() : null);
  }
}
