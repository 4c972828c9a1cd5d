package dev.espalier.api.method.tenas;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import dev.espalier.api.method.tenas.TeNasFindings.Candidate;
import dev.espalier.api.method.tenas.TeNasFindings.EdgeView;
import dev.espalier.api.method.tenas.TeNasFindings.Found;
import dev.espalier.api.method.tenas.TeNasFindings.Round;
import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The search: what was measured in each round and what was removed for it. */
final class RoundsSection {

  private RoundsSection() {}

  /**
   * @param drawings the supernet after each round, as SVG
   */
  static String of(TeNasFindings findings, List<String> drawings) {
    List<Round> rounds = findings.rounds();
    Found found = findings.found();
    if (rounds.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>The search</h2>\n");
    html.append("<p class=\"muted\">Each round removes operators from every edge that still has")
        .append(" several: those whose removal costs least by two ranks taken together, the fall")
        .append(" of the NTK's condition number and the loss of linear regions. Where a node keeps")
        .append(" fewer edges than it has, rounds of edges follow.</p>\n");
    html.append("<div class=\"charts\">\n")
        .append(
            trend(
                "NTK condition number of the supernet, last of the found cell",
                "condition number",
                values(rounds, Round::condition, found == null ? null : found.condition())))
        .append(
            trend(
                "Linear regions of the supernet, last of the found cell",
                "regions",
                values(rounds, Round::regions, found == null ? null : found.regions())))
        .append("</div>\n");
    for (int i = 0; i < rounds.size(); i++) {
      round(html, rounds.get(i), findings.edges(), drawings.get(i));
    }
    return html.append("</section>\n").toString();
  }

  /** One point for each round, then that of the found cell. */
  private static List<Point> values(
      List<Round> rounds, Function<Round, @Nullable Double> indicator, @Nullable Double last) {
    List<Point> points = new ArrayList<>();
    for (Round round : rounds) {
      Double value = indicator.apply(round);
      if (value != null) {
        points.add(
            new Point(
                (round.round() + 1),
                value,
                "before round %d: %s".formatted((round.round() + 1), Figures.significant(value))));
      }
    }
    if (last != null) {
      points.add(
          new Point(rounds.size() + 1.0, last, "the found cell: " + Figures.significant(last)));
    }
    return points;
  }

  private static String trend(String title, String vertical, List<Point> points) {
    return points.size() < 2
        ? ""
        : Chart.draw(
            title, "before round", vertical, List.of(new Series(vertical, "found", true, points)));
  }

  private static void round(StringBuilder html, Round round, List<EdgeView> edges, String drawing) {
    int number = round.round() + 1;
    html.append("<h3>Round ").append(number).append("</h3>\n<div class=\"charts\">\n");
    html.append(
        Chart.draw(
            "Candidates of round %d: prune first what lies right and low".formatted(number),
            "fall of the condition number (%)",
            "fall of the linear regions (%)",
            List.of(
                new Series("kept", "other", false, points(round.candidates(), edges, false)),
                new Series("removed", "removed", false, points(round.candidates(), edges, true)))));
    if (!drawing.isBlank()) {
      html.append("<figure class=\"supernet\">")
          .append(drawing)
          .append("<figcaption>After round ")
          .append(number)
          .append("</figcaption></figure>\n");
    }
    html.append("</div>\n<details><summary>")
        .append(round.candidates().size())
        .append(" candidates</summary>\n<table>\n<tr><th>edge</th><th>operator</th>")
        .append("<th class=\"n\">condition number</th><th class=\"n\">rank</th>")
        .append("<th class=\"n\">linear regions</th><th class=\"n\">rank</th><th></th></tr>\n");
    round.candidates().forEach(candidate -> candidate(html, candidate, edges));
    html.append("</table>\n</details>\n");
  }

  private static void candidate(StringBuilder html, Candidate candidate, List<EdgeView> edges) {
    html.append(candidate.removed() ? "<tr class=\"chosen\"><td>" : "<tr><td>")
        .append(escapeXml11(edge(edges.get(candidate.edge()))))
        .append("</td><td><code>")
        .append(escapeXml11(candidate.operator()))
        .append("</code></td><td class=\"n\">")
        .append(fall(candidate.singular() ? null : candidate.conditionDelta()))
        .append("</td><td class=\"n\">")
        .append(candidate.conditionRank())
        .append("</td><td class=\"n\">")
        .append(fall(candidate.regionDelta()))
        .append("</td><td class=\"n\">")
        .append(candidate.regionRank())
        .append("</td><td>")
        .append(candidate.removed() ? "removed" : "")
        .append("</td></tr>\n");
  }

  /** A fall of a positive delta is a negative change of the measured value. */
  private static String fall(@Nullable Double delta) {
    return delta == null || !Double.isFinite(delta) ? "singular" : Figures.change(-delta);
  }

  private static List<Point> points(
      List<Candidate> candidates, List<EdgeView> edges, boolean removed) {
    List<Point> points = new ArrayList<>();
    for (Candidate each : candidates) {
      if (each.removed() == removed && each.conditionDelta() != null && !each.singular()) {
        points.add(
            new Point(
                100 * each.conditionDelta(),
                100 * each.regionDelta(),
                edge(edges.get(each.edge())) + " " + each.operator()));
      }
    }
    return points;
  }

  /** The edge as people write it: {@code 3←1}. */
  private static String edge(EdgeView edge) {
    return (edge.cell() == null ? "" : edge.cell() + " ") + edge.target() + "←" + edge.source();
  }
}
