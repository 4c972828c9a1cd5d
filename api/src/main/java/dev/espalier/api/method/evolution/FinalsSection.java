package dev.espalier.api.method.evolution;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import dev.espalier.api.report.Figures;
import dev.espalier.api.report.LearningCurves;
import dev.espalier.api.view.TrainingView;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The winner beside random networks of equal cost, all trained the same way. */
final class FinalsSection {

  private FinalsSection() {}

  static String of(EvolutionFindings findings) {
    List<TrainingView> trained = findings.trainings();
    if (trained.isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder("<section>\n<h2>Beside random networks of equal cost</h2>\n");
    html.append("<p class=\"muted\">Every network was trained from scratch by the same recipe.")
        .append(" Test images were looked at only here.</p>\n<table>\n<tr><th></th>")
        .append("<th>architecture</th><th class=\"n\">seed</th><th class=\"n\">MACs</th>")
        .append("<th class=\"n\">validation</th><th class=\"n\">test</th></tr>\n");
    String above = "";
    for (TrainingView each : trained) {
      row(html, each, each.architecture().equals(above));
      above = each.architecture();
    }
    Finals finals = Finals.of(trained);
    sum(html, "winner", finals.found());
    sum(html, "random", finals.random());
    html.append("</table>\n");
    Difference difference = findings.difference();
    if (difference != null) {
      html.append("<p>The winner's mean test accuracy differs by <strong>")
          .append(EvolutionReport.points(difference.mean()))
          .append("</strong> from that of the random networks; with 95 % confidence by ")
          .append(EvolutionReport.range(difference))
          .append(
              difference.low() > 0
                  ? ", so it is better.</p>\n"
                  : difference.high() < 0
                      ? ", so it is worse.</p>\n"
                      : ", which does not tell them apart.</p>\n");
    }
    html.append("<div class=\"charts\">\n").append(LearningCurves.of(trained)).append("</div>\n");
    return html.append("</section>\n").toString();
  }

  /** An architecture is written out in the first of its rows. */
  private static void row(StringBuilder html, TrainingView each, boolean again) {
    html.append(each.ofFound() ? "<tr class=\"chosen\"><th>" : "<tr><th>")
        .append(again ? "" : each.ofFound() ? "winner" : "random")
        .append("</th><td>")
        .append(again ? "" : "<code>%s</code>".formatted(escapeXml11(each.architecture())))
        .append("</td><td class=\"n\">")
        .append(Objects.toString(each.seed(), ""))
        .append("</td><td class=\"n\">")
        .append(Figures.large(each.macs()))
        .append("</td><td class=\"n\">")
        .append(Figures.accuracy(each.validationAccuracy()))
        .append("</td><td class=\"n\">")
        .append(Figures.accuracy(each.testAccuracy()))
        .append("</td></tr>\n");
  }

  private static void sum(StringBuilder html, String name, Optional<Finals.Mean> mean) {
    mean.ifPresent(of ->
        html.append("<tr class=\"sum\"><th>")
            .append(name)
            .append("</th><td>mean ± deviation of ")
            .append(of.count())
            .append("</td><td></td><td></td><td class=\"n\">")
            .append(of.validation())
            .append("</td><td class=\"n\">")
            .append(of.test())
            .append("</td></tr>\n"));
  }
}
