package dev.espalier.api.report;

import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;

/**
 * Writes a report as one HTML page that stands alone: styles and plots inline, nothing loaded.
 *
 * <p>Equal experiments give equal pages: the report carries no time of writing.
 */
public final class HtmlReport {
  /** What the report itself is called among the artifacts of an experiment. */
  public static final String KIND = "report";

  private HtmlReport() {}

  /** The whole page. */
  public static String render(ExperimentView view, MethodReport found) {
    return Templates.write("report/page.jte", new ReportPage(view, found));
  }
}
