package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Event;
import dev.espalier.store.StageProgress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An experiment as it runs, as lines that are only ever added: for files, pipes and CI. */
public final class PlainProgress {

  private static final double QUIET_SECONDS = 10;

  private boolean greeted;
  private String said = "";
  private double saidAt;

  /** The lines that are due now. */
  public List<String> lines(
      ExperimentView view,
      Forecast forecast,
      List<Event> fresh,
      @Nullable String page,
      double seconds) {
    List<String> lines = new ArrayList<>();
    String time = "[" + Figures.clock(view.seconds()) + "] ";
    if (!greeted) {
      greeted = true;
      saidAt = seconds;
      lines.add("experiment " + view.id() + ": " + Words.title(view));
      if (page != null) {
        lines.add("page " + page);
      }
    }
    for (Event event : fresh) {
      lines.add(time + Plain.line(event.text()));
      saidAt = seconds;
    }
    String now = progress(view, forecast);
    if (!now.isEmpty() && !now.equals(said) && seconds - saidAt >= QUIET_SECONDS) {
      lines.add(time + now);
      said = now;
      saidAt = seconds;
    }
    return lines;
  }

  private static String progress(ExperimentView view, Forecast forecast) {
    for (StageView stage : view.stages()) {
      StageProgress progress = stage.progress();
      if (stage.state() == StageState.RUNNING && progress.total() > 0) {
        StringBuilder text =
            new StringBuilder(stage.name()).append(": ").append(Words.progress(progress));
        forecast.pace().ifPresent(pace -> text.append(" · ").append(pace));
        forecast
            .left(stage)
            .ifPresent(left -> text.append(" · ").append(Figures.clock(left)).append(" left"));
        return text.toString();
      }
    }
    return "";
  }
}
