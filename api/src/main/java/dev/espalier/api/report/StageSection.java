package dev.espalier.api.report;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import dev.espalier.api.view.StageView;
import java.util.List;
import java.util.Locale;

/** What ran when, for how long, and how often it had to be taken up again. */
final class StageSection {

  private StageSection() {}

  static String of(List<StageView> stages) {
    if (stages.isEmpty()) {
      return "";
    }
    double longest = stages.stream().mapToDouble(StageView::seconds).max().orElse(0);
    StringBuilder html = new StringBuilder("<section>\n<h2>Stages</h2>\n<table>\n");
    html.append("<tr><th>stage</th><th>state</th><th class=\"n\">time</th><th class=\"bar\"></th>")
        .append("<th class=\"n\">attempts</th><th class=\"n\">recoveries</th><th>key</th></tr>\n");
    for (StageView stage : stages) {
      html.append("<tr><th>")
          .append(escapeXml11(stage.name()))
          .append("</th><td>")
          .append(escapeXml11(HtmlReport.words(stage.state())))
          .append("</td><td class=\"n\">")
          .append(Figures.duration(stage.seconds()))
          .append("</td><td class=\"bar\"><i style=\"width:")
          .append(
              String.format(
                  Locale.ROOT, "%.1f", longest == 0 ? 0 : 100 * stage.seconds() / longest))
          .append("%\"></i></td><td class=\"n\">")
          .append(stage.attempts())
          .append("</td><td class=\"n\">")
          .append(stage.recoveries())
          .append("</td><td class=\"digest\"><code>")
          .append(escapeXml11(stage.key()))
          .append("</code></td></tr>\n");
      if (stage.reason() != null && !stage.reason().isBlank()) {
        html.append("<tr><td></td><td colspan=\"6\" class=\"reason\">")
            .append(escapeXml11(stage.reason()))
            .append("</td></tr>\n");
      }
    }
    return html.append("</table>\n</section>\n").toString();
  }
}
