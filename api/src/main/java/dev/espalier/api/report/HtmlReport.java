package dev.espalier.api.report;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
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
 * <p>Equal experiments give equal pages: the report carries no time of writing.
 */
public final class HtmlReport {
  /** What the report itself is called among the artifacts of an experiment. */
  public static final String KIND = "report";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  /** The whole page. */
  public static String render(ExperimentView view, MethodReport found) {
    String title = view.method() + " on " + view.space() + ", " + view.data();
    StringBuilder page = new StringBuilder(64 * 1024);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .append(escapeXml11(title + " · " + view.id()))
        .append("</title>\n<style>\n")
        .append(styles())
        .append("</style>\n</head>\n<body>\n<main>\n");
    heading(page, view, title);
    keyFigures(page, view.stages(), found.tiles());
    page.append(found.sections());
    page.append(StageSection.of(view.stages()));
    specification(page, view);
    provenance(page, view);
    page.append("</main>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void heading(StringBuilder page, ExperimentView view, String title) {
    page.append("<header>\n<p class=\"eyebrow\">Espalier · experiment <code>")
        .append(escapeXml11(view.id()))
        .append("</code></p>\n<h1>")
        .append(escapeXml11(title))
        .append("</h1>\n<p class=\"muted\"><span class=\"pill ")
        .append(escapeXml11(view.state().toLowerCase(Locale.ROOT)))
        .append("\">")
        .append(escapeXml11(words(view.state())))
        .append("</span> preset ")
        .append(escapeXml11(view.preset()))
        .append(" · seed ")
        .append(view.seed())
        .append(" · launched ")
        .append(MINUTE.format(view.created()));
    if (view.ended() != null) {
      page.append(" · ended ").append(MINUTE.format(view.ended()));
    }
    page.append("</p>\n");
    if (view.reason() != null && !view.reason().isBlank()) {
      page.append("<p class=\"reason\">").append(escapeXml11(view.reason())).append("</p>\n");
    }
    page.append("</header>\n");
  }

  private static void keyFigures(StringBuilder page, List<StageView> stages, List<Tile> found) {
    List<Tile> tiles = new ArrayList<>(found);
    double seconds = stages.stream().mapToDouble(StageView::seconds).sum();
    int recoveries = stages.stream().mapToInt(StageView::recoveries).sum();
    tiles.add(
        new Tile(
            "time in stages",
            Figures.duration(seconds),
            recoveries == 0
                ? "undisturbed"
                : recoveries == 1 ? "1 recovery" : recoveries + " recoveries"));
    page.append("<section class=\"tiles\">\n");
    for (Tile tile : tiles) {
      page.append(
          "<div class=\"tile\"><span>%s</span><strong>%s</strong><small>%s</small></div>%n"
              .formatted(
                  escapeXml11(tile.name()), escapeXml11(tile.value()), escapeXml11(tile.note())));
    }
    page.append("</section>\n");
  }

  private static void specification(StringBuilder page, ExperimentView view) {
    page.append("<section>\n<h2>Specification</h2>\n")
        .append("<p class=\"muted\">Fully resolved: every default is written out.</p>\n<pre>")
        .append(escapeXml11(specification(view)))
        .append("</pre>\n</section>\n");
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

  private static void provenance(StringBuilder page, ExperimentView view) {
    page.append("<section>\n<h2>Provenance</h2>\n<table class=\"plain\">\n");
    row(page, "result digest", view.digest());
    row(page, "data digest", view.dataDigest());
    row(page, "numeric class", view.numericClass());
    row(page, "espalier", view.version());
    environment(view).forEach((name, value) -> row(page, name, value));
    page.append("</table>\n<p class=\"muted\">Equal specification, data digest and numeric class")
        .append(" give an equal result digest, however often processes were killed on the way:")
        .append(" compare with <code>espalier show ")
        .append(escapeXml11(view.id()))
        .append("</code>.</p>\n</section>\n");
  }

  /** Where it was computed, and what it has left but the report, which cannot name itself. */
  private static Map<String, String> environment(ExperimentView view) {
    Map<String, String> environment = new TreeMap<>();
    view.stages().forEach(stage -> environment.putAll(stage.environment()));
    view.artifacts().stream()
        .filter(artifact -> !artifact.kind().equals(KIND))
        .forEach(artifact -> environment.put("artifact " + artifact.name(), artifact.digest()));
    return environment;
  }

  private static void row(StringBuilder page, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      page.append("<tr><th>")
          .append(escapeXml11(name))
          .append("</th><td><code>")
          .append(escapeXml11(value))
          .append("</code></td></tr>\n");
    }
  }

  static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String styles() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
