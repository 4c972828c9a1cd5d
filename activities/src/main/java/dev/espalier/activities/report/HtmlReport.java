package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Heading;
import dev.espalier.activities.report.ReportModel.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as one HTML page that stands alone: styles and plots inline, nothing loaded.
 *
 * <p>Equal models give equal pages: the report carries no time of writing.
 */
public final class HtmlReport {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  /** The whole page. */
  public static String render(ReportModel model) {
    Heading heading = model.heading();
    String title = heading.method() + " on " + heading.space() + ", " + heading.data();
    StringBuilder page = new StringBuilder(64 * 1024);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .append(Html.text(title + " · " + heading.id()))
        .append("</title>\n<style>\n")
        .append(styles())
        .append("</style>\n</head>\n<body>\n<main>\n");
    heading(page, heading, title);
    keyFigures(page, model);
    page.append(
        switch (model.findings()) {
          case PruningFindings pruning -> PruningReport.sections(pruning);
          case EvolutionFindings evolution -> EvolutionReport.sections(evolution);
          case TrainingFindings training -> TrainingReport.sections(training);
        });
    page.append(StageSection.of(model.stages()));
    specification(page, model.specification());
    provenance(page, heading, model.provenance());
    page.append("</main>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void heading(StringBuilder page, Heading heading, String title) {
    page.append("<header>\n<p class=\"eyebrow\">Espalier · experiment <code>")
        .append(Html.text(heading.id()))
        .append("</code></p>\n<h1>")
        .append(Html.text(title))
        .append("</h1>\n<p class=\"muted\"><span class=\"pill ")
        .append(Html.text(heading.state().toLowerCase(Locale.ROOT)))
        .append("\">")
        .append(Html.text(words(heading.state())))
        .append("</span> preset ")
        .append(Html.text(heading.preset()))
        .append(" · seed ")
        .append(heading.seed())
        .append(" · launched ")
        .append(MINUTE.format(heading.created()));
    if (heading.ended() != null) {
      page.append(" · ended ").append(MINUTE.format(heading.ended()));
    }
    page.append("</p>\n");
    if (heading.reason() != null && !heading.reason().isBlank()) {
      page.append("<p class=\"reason\">").append(Html.text(heading.reason())).append("</p>\n");
    }
    page.append("</header>\n");
  }

  private static void keyFigures(StringBuilder page, ReportModel model) {
    List<String> tiles = new ArrayList<>();
    switch (model.findings()) {
      case PruningFindings pruning -> tiles.addAll(PruningReport.tiles(pruning));
      case EvolutionFindings evolution -> tiles.addAll(EvolutionReport.tiles(evolution));
      case TrainingFindings training -> tiles.addAll(TrainingReport.tiles(training));
    }
    double seconds = model.stages().stream().mapToDouble(ReportModel.Stage::seconds).sum();
    int recoveries = model.stages().stream().mapToInt(ReportModel.Stage::recoveries).sum();
    tiles.add(
        tile(
            "time in stages",
            Figures.duration(seconds),
            recoveries == 0
                ? "undisturbed"
                : recoveries == 1 ? "1 recovery" : recoveries + " recoveries"));
    page.append("<section class=\"tiles\">\n");
    tiles.forEach(page::append);
    page.append("</section>\n");
  }

  static String tile(String name, String value, String note) {
    return "<div class=\"tile\"><span>%s</span><strong>%s</strong><small>%s</small></div>%n"
        .formatted(Html.text(name), Html.text(value), Html.text(note));
  }

  private static void specification(StringBuilder page, String specification) {
    page.append("<section>\n<h2>Specification</h2>\n")
        .append("<p class=\"muted\">Fully resolved: every default is written out.</p>\n<pre>")
        .append(Html.text(specification))
        .append("</pre>\n</section>\n");
  }

  private static void provenance(StringBuilder page, Heading heading, Provenance provenance) {
    Map<String, String> rows = new TreeMap<>(provenance.environment());
    page.append("<section>\n<h2>Provenance</h2>\n<table class=\"plain\">\n");
    row(page, "result digest", provenance.digest());
    row(page, "data digest", provenance.dataDigest());
    row(page, "numeric class", provenance.numericClass());
    row(page, "espalier", provenance.version());
    rows.forEach((name, value) -> row(page, name, value));
    page.append("</table>\n<p class=\"muted\">Equal specification, data digest and numeric class")
        .append(" give an equal result digest, however often processes were killed on the way:")
        .append(" compare with <code>espalier show ")
        .append(Html.text(heading.id()))
        .append("</code>.</p>\n</section>\n");
  }

  private static void row(StringBuilder page, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      page.append("<tr><th>")
          .append(Html.text(name))
          .append("</th><td><code>")
          .append(Html.text(value))
          .append("</code></td></tr>\n");
    }
  }

  static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String styles() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the activities jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
