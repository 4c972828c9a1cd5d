package dev.espalier.api.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code report/page.jte} and {@code report/stages.jte} write down. */
record ReportPage(ExperimentView view, MethodReport found) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  String title() {
    return view.method() + " on " + view.space() + ", " + view.data();
  }

  String stateStyle() {
    return view.state().name().toLowerCase(Locale.ROOT);
  }

  String state() {
    return view.state().words();
  }

  /** {@code preset quick · seed 0 · launched 2026-03-01 10:00 UTC}. */
  String course() {
    Instant ended = view.ended();
    return "preset %s · seed %d · launched %s%s"
        .formatted(
            view.preset(),
            view.seed(),
            MINUTE.format(view.created()),
            ended == null ? "" : " · ended " + MINUTE.format(ended));
  }

  @Nullable String reason() {
    String reason = view.reason();
    return reason == null || reason.isBlank() ? null : reason;
  }

  /** The method's key figures, and the time that it took. */
  List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>(found.tiles());
    double seconds = view.stages().stream().mapToDouble(StageView::seconds).sum();
    int recoveries = view.stages().stream().mapToInt(StageView::recoveries).sum();
    tiles.add(
        new Tile(
            "time in stages",
            Figures.duration(seconds),
            recoveries == 0
                ? "undisturbed"
                : recoveries == 1 ? "1 recovery" : recoveries + " recoveries"));
    return tiles;
  }

  Content sections() {
    return found.sections();
  }

  /** The length of a stage's bar. */
  static String percentOfLongest(List<StageView> stages, StageView stage) {
    double longest = stages.stream().mapToDouble(StageView::seconds).max().orElse(0);
    return String.format(Locale.ROOT, "%.1f", longest == 0 ? 0 : 100 * stage.seconds() / longest);
  }

  String specification() {
    try {
      return Json.mapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(view.specification());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the specification of %s is no JSON".formatted(view.id()), e);
    }
  }

  /** What is known of where the numbers come from; what is not known is left out. */
  Map<String, String> provenance() {
    Map<String, @Nullable String> all = new LinkedHashMap<>();
    all.put("result digest", view.digest());
    all.put("data digest", view.dataDigest());
    all.put("numeric class", view.numericClass());
    all.put("espalier", view.version());
    Map<String, String> known = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (value != null && !value.isBlank()) {
        known.put(name, value);
      }
    });
    environment()
        .forEach((name, value) -> {
          if (!value.isBlank()) {
            known.put(name, value);
          }
        });
    return known;
  }

  /** Where it was computed, and what it has left but the report, which cannot name itself. */
  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    view.stages().forEach(stage -> environment.putAll(stage.environment()));
    view.artifacts().stream()
        .filter(artifact -> !artifact.kind().equals(HtmlReport.KIND))
        .forEach(artifact -> environment.put("artifact " + artifact.name(), artifact.digest()));
    return environment;
  }

  String styles() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
