package dev.espalier.api.method.tenas;

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

/**
 * The search: what was measured in each round and what was removed for it.
 *
 * @param drawings the supernet after each round, as SVG
 */
record RoundsSection(TeNasFindings findings, List<String> drawings) {
  RoundsSection {
    drawings = List.copyOf(drawings);
  }

  List<Round> rounds() {
    return findings.rounds();
  }

  /** The supernet after a round. */
  String drawing(Round round) {
    return drawings.get(rounds().indexOf(round));
  }

  List<Chart> trends() {
    Found found = findings.found();
    return List.of(
        trend(
            "NTK condition number of the supernet, last of the found cell",
            "condition number",
            values(rounds(), Round::condition, found == null ? null : found.condition())),
        trend(
            "Linear regions of the supernet, last of the found cell",
            "regions",
            values(rounds(), Round::regions, found == null ? null : found.regions())));
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

  private static Chart trend(String title, String vertical, List<Point> points) {
    return new Chart(
        title,
        "before round",
        vertical,
        points.size() < 2 ? List.of() : List.of(new Series(vertical, "found", true, points)));
  }

  /** All that could be removed in a round, by what its removal does. */
  Chart candidates(Round round) {
    return new Chart(
        "Candidates of round %d: prune first what lies right and low".formatted(round.round() + 1),
        "fall of the condition number (%)",
        "fall of the linear regions (%)",
        List.of(
            new Series("kept", "other", false, points(round.candidates(), false)),
            new Series("removed", "removed", false, points(round.candidates(), true))));
  }

  static String conditionFall(Candidate candidate) {
    return fall(candidate.singular() ? null : candidate.conditionDelta());
  }

  static String regionFall(Candidate candidate) {
    return fall(candidate.regionDelta());
  }

  /** A fall of a positive delta is a negative change of the measured value. */
  private static String fall(@Nullable Double delta) {
    return delta == null || !Double.isFinite(delta) ? "singular" : Figures.change(-delta);
  }

  private List<Point> points(List<Candidate> candidates, boolean removed) {
    List<Point> points = new ArrayList<>();
    for (Candidate each : candidates) {
      if (each.removed() == removed && each.conditionDelta() != null && !each.singular()) {
        points.add(
            new Point(
                100 * each.conditionDelta(),
                100 * each.regionDelta(),
                edge(each) + " " + each.operator()));
      }
    }
    return points;
  }

  /** The edge of a candidate as people write it: {@code 3←1}. */
  String edge(Candidate candidate) {
    EdgeView edge = findings.edges().get(candidate.edge());
    return (edge.cell() == null ? "" : edge.cell() + " ") + edge.target() + "←" + edge.source();
  }
}
