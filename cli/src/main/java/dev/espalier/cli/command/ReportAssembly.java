package dev.espalier.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.activities.report.ReportModel;
import dev.espalier.activities.report.ReportModel.Candidate;
import dev.espalier.activities.report.ReportModel.Found;
import dev.espalier.activities.report.ReportModel.Heading;
import dev.espalier.activities.report.ReportModel.Point;
import dev.espalier.activities.report.ReportModel.Provenance;
import dev.espalier.activities.report.ReportModel.Round;
import dev.espalier.activities.report.ReportModel.Stage;
import dev.espalier.activities.report.ReportModel.Tabulated;
import dev.espalier.activities.report.ReportModel.Trained;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.PlotsView;
import dev.espalier.api.view.PlotsView.CandidatePlot;
import dev.espalier.api.view.PlotsView.EdgeView;
import dev.espalier.api.view.PlotsView.FoundPlot;
import dev.espalier.api.view.PlotsView.RoundPlot;
import dev.espalier.api.view.PlotsView.TrainingPlot;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.drawing.CellDrawing;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts what is known of an experiment into the form of a report. */
final class ReportAssembly {

  private ReportAssembly() {}

  static ReportModel of(ExperimentView view, PlotsView plots) {
    FoundPlot found = plots.found();
    return new ReportModel(
        heading(view),
        specification(view),
        view.stages().stream().map(ReportAssembly::stage).toList(),
        plots.rounds().stream().map(round -> round(round, plots.edges())).toList(),
        found == null ? null : found(found),
        plots.trainings().stream().map(ReportAssembly::trained).toList(),
        tabulated(view, found),
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

  private static Round round(RoundPlot round, List<EdgeView> edges) {
    return new Round(
        round.round() + 1,
        round.condition(),
        round.regions(),
        round.candidates().stream().map(each -> candidate(each, edges)).toList(),
        CellDrawing.supernetSvg(mask(round.after())));
  }

  private static OperatorMask mask(List<List<String>> operatorsByEdge) {
    return new OperatorMask(operatorsByEdge.stream().map(ReportAssembly::operators).toList());
  }

  private static Set<Operator> operators(List<String> labels) {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    labels.forEach(label -> operators.add(Operator.parse(label)));
    return operators;
  }

  private static Candidate candidate(CandidatePlot candidate, List<EdgeView> edges) {
    EdgeView edge = edges.get(candidate.edge());
    return new Candidate(
        edge.target() + "←" + edge.source(),
        candidate.operator(),
        candidate.conditionDelta(),
        candidate.regionDelta(),
        candidate.conditionRank(),
        candidate.regionRank(),
        candidate.singular(),
        candidate.removed());
  }

  private static Found found(FoundPlot found) {
    return new Found(
        found.architecture(),
        CellDrawing.svg(Cell.parse(found.architecture())),
        found.condition(),
        found.regions(),
        found.parameters(),
        found.macs());
  }

  private static Trained trained(TrainingPlot training) {
    return new Trained(
        training.role(),
        training.architecture(),
        training.parameters(),
        training.validationAccuracy(),
        training.testAccuracy(),
        points(training.loss()),
        points(training.validation()));
  }

  private static List<Point> points(List<double[]> points) {
    return points.stream().map(point -> new Point(point[0], point[1])).toList();
  }

  private static List<Tabulated> tabulated(ExperimentView view, @Nullable FoundPlot found) {
    String table = view.specification().at("/evaluation/table").asText();
    return found == null
        ? List.of()
        : found.table().stream()
            .map(column -> new Tabulated(table, column.column(), column.accuracy()))
            .toList();
  }

  private static Provenance provenance(ExperimentView view) {
    Map<String, String> environment = new TreeMap<>();
    view.stages().forEach(stage -> environment.putAll(stage.environment()));
    return new Provenance(
        view.version(), view.numericClass(), view.dataDigest(), view.digest(), environment);
  }
}
