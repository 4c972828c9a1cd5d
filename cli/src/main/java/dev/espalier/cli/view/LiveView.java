package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.api.view.StagesInShort;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Event;
import dev.espalier.store.StageProgress;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An experiment as it runs, as lines that are drawn over and over in the same place. */
public final class LiveView {

  private static final int EVENTS = 4;
  private static final int LEAST_BAR = 4;

  private final Style style;
  private final int width;
  private final DateTimeFormatter clock;

  /**
   * @param zone of the times shown beside events
   */
  public LiveView(Style style, int width, ZoneId zone) {
    this.style = style;
    this.width = Math.max(60, Math.min(width, 100));
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /**
   * The whole view.
   *
   * @param events newest last; only the last few are shown
   * @param page where the page is; null when nothing serves it
   * @param trouble what keeps the view from being up to date; null when it is
   */
  public List<String> lines(
      ExperimentView view,
      Forecast forecast,
      List<Event> events,
      @Nullable String page,
      @Nullable String trouble) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Columns.ends(
            style.strong(Words.title(view, width - view.id().length() - 2)),
            style.quiet(view.id()),
            width));
    lines.add(standing(view));
    lines.add("");
    List<StageView> stages = StagesInShort.of(view.stages());
    int names = stages.stream().mapToInt(stage -> stage.name().length()).max().orElse(0);
    for (StageView stage : stages) {
      lines.addAll(stage(stage, forecast, names));
    }
    if (!events.isEmpty()) {
      lines.add("");
      for (Event event : events.subList(Math.max(0, events.size() - EVENTS), events.size())) {
        lines.add(
            "  "
                + style.quiet(clock.format(event.at()))
                + "  "
                + Columns.fit(Plain.line(event.text()), width - 12));
      }
    }
    lines.add("");
    if (trouble != null) {
      lines.add("  " + style.warn(Columns.fit(trouble, width - 2)));
    }
    lines.add(
        style.quiet(
            Columns.fit("  " + (page == null ? "" : page + " · ") + "Ctrl-C detaches", width)));
    return lines;
  }

  private String standing(ExperimentView view) {
    String text =
        style.state(view.state(), view.state().words()) + " · " + Figures.duration(view.seconds());
    if (view.progress() > 0 && view.progress() < 1) {
      text += " · %.0f %% done".formatted(100 * view.progress());
    }
    if (view.recoveries() > 0) {
      text += " · " + style.warn(Words.recoveries(view.recoveries()));
    }
    String reason = view.reason();
    return reason == null || reason.isBlank()
        ? text
        : text
            + " · "
            + Columns.fit(Plain.line(reason), Math.max(10, width - Columns.width(text) - 3));
  }

  private List<String> stage(StageView stage, Forecast forecast, int names) {
    String time = stage.seconds() > 0 || !isAhead(stage) ? Figures.clock(stage.seconds()) : "";
    String start =
        "  %s %s  %s  "
            .formatted(
                mark(stage.state()), Columns.left(stage.name(), names), Columns.right(time, 6));
    List<String> lines = new ArrayList<>();
    StageProgress progress = stage.progress();
    boolean running = stage.state() == StageState.RUNNING || stage.state() == StageState.PAUSED;
    if (!running || progress.total() == 0) {
      lines.add((start + remark(stage, width - Columns.width(start))).stripTrailing());
      return lines;
    }
    int room = width - Columns.width(start);
    String detail = Words.progress(progress);
    if (progress.note() != null) {
      detail = progress.note() + ": " + detail;
    }
    if (stage.recoveries() > 0) {
      detail += " · " + Words.recoveries(stage.recoveries());
    }
    lines.add(start + Columns.fit(detail, room));
    lines.add(" ".repeat(Columns.width(start)) + bar(stage, progress, forecast, room));
    return lines;
  }

  private String bar(StageView stage, StageProgress progress, Forecast forecast, int room) {
    double within = (double) progress.done() / progress.total();
    double share = (progress.round() + within) / Math.max(1, progress.rounds());
    String done = "%3.0f %%".formatted(100 * Math.clamp(share, 0, 1));
    List<String> facts = new ArrayList<>(List.of(done));
    if (stage.state() == StageState.PAUSED) {
      facts.add("paused");
    } else {
      forecast.pace().ifPresent(facts::add);
      forecast.left(stage).ifPresent(left -> facts.add(Figures.clock(left) + " left"));
    }
    String text = String.join(" · ", facts);
    int bar = Math.min(24, room - text.length() - 2);
    if (bar >= LEAST_BAR) {
      return Bar.of(share, bar, style) + "  " + text;
    }
    if (text.length() > room && facts.size() > 2) {
      facts.remove(1); // how long it still takes says more than how fast it is
    }
    return String.join(" · ", facts).strip();
  }

  private String remark(StageView stage, int room) {
    List<String> remarks = new ArrayList<>();
    if (!isAhead(stage) && stage.state() != StageState.COMPLETED) {
      remarks.add(stage.state().words());
    }
    if (stage.recoveries() > 0) {
      remarks.add(Words.recoveries(stage.recoveries()));
    }
    String reason = stage.reason();
    if (reason != null && !reason.isBlank()) {
      remarks.add(Plain.line(reason));
    }
    return style.state(stage.state(), Columns.fit(String.join(" · ", remarks), room));
  }

  private static boolean isAhead(StageView stage) {
    return stage.state() == StageState.PENDING;
  }

  private String mark(StageState state) {
    String mark =
        switch (state) {
          case COMPLETED, REUSED -> "✓";
          case RUNNING -> "●";
          case PAUSED -> "‖";
          case FAILED -> "✗";
          case SKIPPED, CANCELLED -> "–";
          default -> "○";
        };
    return style.state(state, mark);
  }
}
