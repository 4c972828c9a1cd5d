package dev.espalier.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.activities.report.ReportModel;
import dev.espalier.activities.report.ReportModel.Heading;
import dev.espalier.activities.report.ReportModel.Point;
import dev.espalier.activities.report.ReportModel.Provenance;
import dev.espalier.activities.report.ReportModel.Stage;
import dev.espalier.activities.report.ReportModel.Trained;
import dev.espalier.activities.report.TrainingFindings;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.EvolutionPlots;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.PlotsView;
import dev.espalier.api.view.StageView;
import dev.espalier.api.view.TeNasPlots;
import dev.espalier.api.view.TrainPlots;
import dev.espalier.api.view.TrainingPlot;
import dev.espalier.search.canonical.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts what is known of an experiment into the form of a report. */
final class ReportAssembly {

  private ReportAssembly() {}

  static ReportModel of(ExperimentView view, PlotsView plots) {
    return new ReportModel(
        heading(view),
        specification(view),
        view.stages().stream().map(ReportAssembly::stage).toList(),
        switch (plots) {
          case TeNasPlots teNas -> PruningAssembly.of(view, teNas);
          case EvolutionPlots evolution -> EvolutionAssembly.of(view, evolution);
          case TrainPlots train -> training(view, train);
        },
        provenance(view));
  }

  private static Heading heading(ExperimentView view) {
    return new Heading(
        view.id(),
        view.method(),
        view.space(),
        view.data(),
        view.preset(),
        view.seed(),
        view.state(),
        view.reason(),
        view.created(),
        view.started(),
        view.ended());
  }

  private static String specification(ExperimentView view) {
    try {
      return Json.mapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(view.specification());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the specification of %s is no JSON".formatted(view.id()), e);
    }
  }

  private static Stage stage(StageView stage) {
    return new Stage(
        stage.name(),
        stage.key(),
        stage.state(),
        stage.started(),
        stage.seconds(),
        stage.attempts(),
        stage.recoveries(),
        stage.reason());
  }

  private static TrainingFindings training(ExperimentView view, TrainPlots plots) {
    TrainingPlot training = plots.training();
    return new TrainingFindings(
        plots.architecture(),
        Architectures.parse(view.space(), plots.architecture()).svg(),
        plots.parameters(),
        plots.macs(),
        plots.epochs(),
        training == null ? null : trained(training));
  }

  static Trained trained(TrainingPlot training) {
    return new Trained(
        training.role(),
        training.architecture(),
        training.parameters(),
        training.macs(),
        training.seed(),
        training.validationAccuracy(),
        training.testAccuracy(),
        points(training.loss()),
        points(training.validation()));
  }

  static List<Point> points(List<double[]> points) {
    return points.stream().map(point -> new Point(point[0], point[1])).toList();
  }

  private static Provenance provenance(ExperimentView view) {
    Map<String, String> environment = new TreeMap<>();
    view.stages().forEach(stage -> environment.putAll(stage.environment()));
    view.artifacts().stream()
        .filter(artifact -> !artifact.kind().equals(Reports.KIND)) // it cannot name itself
        .forEach(artifact -> environment.put("artifact " + artifact.name(), artifact.digest()));
    return new Provenance(
        view.version(), view.numericClass(), view.dataDigest(), view.digest(), environment);
  }
}
