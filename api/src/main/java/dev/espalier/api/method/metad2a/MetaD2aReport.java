package dev.espalier.api.method.metad2a;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.CostPlot;
import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.latency.LatencyTable.Latency;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.EncodedData.Place;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a search by MetaD2A came to, on the page.
 *
 * @param groups what each way of searching came to; empty until it is known
 * @param seen whether the models learned from tasks of these very images
 * @param charts latent space, scores against accuracies, accuracy against cost
 */
record MetaD2aReport(
    @Nullable Drawn proposed,
    @Nullable GeneratedArchitectures generated,
    List<Evaluated> groups,
    boolean seen,
    List<Chart> charts) {
  MetaD2aReport {
    groups = List.copyOf(groups);
    charts = List.copyOf(charts);
  }

  static MethodReport of(ExperimentView view, MetaD2aFindings findings) {
    MetaD2aResult result = findings.result();
    MetaD2aReport report =
        new MetaD2aReport(
            result == null ? null : Drawn.of(view, result.architecture()),
            findings.generated(),
            result == null ? List.of() : result.groups(),
            result != null && result.seen(),
            charts(findings));
    return new MethodReport(tiles(findings), Templates.part("method/metad2a/report.jte", report));
  }

  /** How a group is called. */
  static String title(String group) {
    return switch (group) {
      case Group.TOP -> "generated, ranked";
      case Group.UNRANKED -> "generated, not ranked";
      case Group.RANDOM -> "random";
      case Group.TRANSFER -> "best of the nearest known task";
      default -> group;
    };
  }

  static String accuracy(@Nullable Double ratio) {
    return ratio == null ? "–" : Figures.percent(ratio);
  }

  static String first(Evaluated group) {
    Judged first = group.first();
    return first == null ? "–" : accuracy(first.test() == null ? first.validation() : first.test());
  }

  static String best(Evaluated group) {
    Judged best = group.best();
    return best == null ? "–" : accuracy(best.test() == null ? best.validation() : best.test());
  }

  static String share(int part, int whole) {
    return whole == 0 ? "–" : Figures.percent((double) part / whole);
  }

  private static List<Tile> tiles(MetaD2aFindings findings) {
    List<Tile> tiles = new ArrayList<>();
    MetaD2aResult result = findings.result();
    if (result != null) {
      Accuracy accuracy = result.accuracy();
      if (accuracy != null) {
        tiles.add(
            new Tile("test accuracy", Figures.percent(accuracy.test()), "of the best ranked"));
      }
      Double tau = result.tau();
      if (tau != null) {
        tiles.add(
            new Tile("Kendall's tau", Figures.significant(tau), "of predicted and true accuracy"));
      }
    }
    GeneratedArchitectures generated = findings.generated();
    if (generated != null) {
      tiles.add(
          new Tile(
              "validity",
              share(generated.valid(), generated.drawn()),
              "of %s graphs".formatted(Figures.count(generated.drawn()))));
    }
    if (result != null) {
      tiles.add(
          new Tile(
              "parameters",
              Figures.large(result.parameters()),
              Figures.count(result.parameters())));
      tiles.add(
          new Tile("multiply-adds", Figures.large(result.macs()), Figures.count(result.macs())));
      Latency latency = result.latency();
      if (latency != null) {
        tiles.add(
            new Tile(
                "latency",
                Figures.significant(latency.millis()) + " ms",
                latency.isMeasured() ? "measured" : "estimated by the measured ones"));
      }
    }
    return tiles;
  }

  private static List<Chart> charts(MetaD2aFindings findings) {
    List<Chart> charts = new ArrayList<>();
    EncodedData encoded = findings.encoded();
    if (encoded != null) {
      charts.add(latent(encoded));
    }
    RankingResult ranking = findings.ranking();
    if (ranking != null) {
      charts.add(agreement(ranking, findings.sample().architectures()));
      charts.add(cost(ranking, findings.sample().architectures()));
    }
    return charts;
  }

  private static Chart latent(EncodedData encoded) {
    return new Chart(
        "Latent space",
        "first direction",
        "second direction",
        List.of(
            new Series(
                "known tasks", "other", false, places(encoded, each -> !each.name().isEmpty())),
            new Series(
                "this data set", "found", false, places(encoded, each -> each.name().isEmpty()))));
  }

  private static List<Point> places(
      EncodedData encoded, java.util.function.Predicate<Place> which) {
    return encoded.latent().stream()
        .filter(which)
        .map(each ->
            new Point(each.x(), each.y(), each.name().isEmpty() ? "this data set" : each.name()))
        .toList();
  }

  private static Chart agreement(RankingResult ranking, List<Row> rows) {
    Map<String, Row> byArchitecture =
        rows.stream().collect(Collectors.toMap(Row::architecture, Function.identity()));
    List<Series> series = new ArrayList<>();
    for (Group group : ranking.groups()) {
      List<Point> points = new ArrayList<>();
      for (Member member : group.members()) {
        Row row = byArchitecture.get(member.architecture());
        Double score = member.score();
        if (row != null && row.validationAccuracy() != null && score != null) {
          points.add(
              new Point(
                  ranking.scaled() ? 100 * score : score,
                  100 * row.validationAccuracy(),
                  member.architecture()));
        }
      }
      series.add(new Series(title(group.name()), style(group.name()), false, points));
    }
    return new Chart(
        "Predicted and true",
        ranking.scaled() ? "predicted (%)" : "score",
        "validation accuracy (%)",
        series);
  }

  private static Chart cost(RankingResult ranking, List<Row> rows) {
    return CostPlot.of(
        ranking.groups().stream()
            .map(group -> {
              List<String> members = group.members().stream().map(Member::architecture).toList();
              return new Series(
                  title(group.name()),
                  style(group.name()),
                  false,
                  CostPlot.points(
                      rows.stream().filter(row -> members.contains(row.architecture())).toList()));
            })
            .toList());
  }

  private static String style(String group) {
    return switch (group) {
      case Group.TOP -> "found";
      case Group.TRANSFER -> "removed";
      default -> "other";
    };
  }
}
