package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.EvolutionCard;
import dev.espalier.cli.view.ExperimentPage;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.ResultCard;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TrainCard;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.store.ExperimentState;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.training.TrainResult;
import java.nio.file.Files;
import java.util.List;

/** What an experiment came to, or where it stands: in words, and as an exit status. */
final class Outcome {

  private Outcome() {}

  /** 0 for a completed experiment, 1 for any other. */
  static int status(ExperimentView view) {
    return view.state().equals(ExperimentState.COMPLETED) ? 0 : 1;
  }

  /** The result card of a completed experiment; of any other, where it stands and what to do. */
  static List<String> lines(ExperimentView view, Home home, Style style) {
    JsonNode result = view.result();
    return result == null || !view.state().equals(ExperimentState.COMPLETED)
        ? ExperimentPage.lines(view, Homes.option(home), style)
        : card(view, result.toString(), places(home, view.id()), style);
  }

  private static List<String> card(ExperimentView view, String json, Places places, Style style) {
    return switch (view.method()) {
      case TeNasSpecification.METHOD -> {
        TeNasResult result = Json.read(json, TeNasResult.class);
        yield new ResultCard(style)
            .lines(view, result, drawing(view, result.architecture()), places);
      }
      case EvolutionSpecification.METHOD -> {
        EvolutionResult result = Json.read(json, EvolutionResult.class);
        yield new EvolutionCard(style)
            .lines(view, result, drawing(view, result.architecture()), places);
      }
      case TrainSpecification.METHOD -> {
        TrainResult result = Json.read(json, TrainResult.class);
        yield new TrainCard(style)
            .lines(view, result, drawing(view, result.architecture()), places);
      }
      default ->
          throw new InvalidInput(
              "%s is of the method %s, which this version does not know: use the one that ran it, or espalier show %s --json"
                  .formatted(view.id(), view.method(), view.id()));
    };
  }

  private static String drawing(ExperimentView view, String architecture) {
    return Architectures.parse(view.space(), architecture).text();
  }

  private static Places places(Home home, String id) {
    return new Places(
        RunningHome.findReadable(home).map(running -> Pages.of(running, id)).orElse(null),
        Files.exists(home.report(id)) ? home.report(id).toString() : null);
  }
}
