package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.report.Reports;
import dev.espalier.cli.view.Forecast;
import dev.espalier.cli.view.LiveScreen;
import dev.espalier.cli.view.LiveView;
import dev.espalier.cli.view.PlainProgress;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Event;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watching one experiment until it ends or a person is needed. */
final class Watch {

  private final Home home;
  private final Output output;

  Watch(Home home, Output output) {
    this.home = home;
    this.output = output;
  }

  /** Shows progress, then what came of it; answers with the exit status. */
  int showUntilItEnds(String id) throws InterruptedException {
    ExperimentView last = progress(id);
    output.lines(Outcome.lines(last, home, output.style()));
    return Outcome.status(last);
  }

  /**
   * Shows progress as remarks only, and writes the report of a completed experiment; answers with
   * the experiment as it ended.
   */
  ExperimentView progress(String id) throws InterruptedException {
    ExperimentView last;
    try (Feed feed = Feed.start(home, id, "watch")) {
      last = output.isLive() ? draw(feed) : print(feed);
    }
    return last.state() == ExperimentState.COMPLETED ? reported(last.id()) : last;
  }

  /** Writes the report; answers with the experiment that has it among its artifacts. */
  private ExperimentView reported(String id) {
    return StoreAccess.use(
        home,
        "watch",
        access -> {
          Reports.write(access.store(), id, home.report(id));
          return ExperimentQueries.view(access.store(), id);
        });
  }

  /** Prints a line of JSON for every change; answers with the exit status. */
  int printEveryChange(String id) throws InterruptedException {
    try (Feed feed = Feed.start(home, id, "watch")) {
      Troubles troubles = new Troubles(output);
      @Nullable ExperimentView told = null;
      while (true) {
        Feed.News news = feed.next();
        troubles.tell(news.trouble());
        ExperimentView view = news.view();
        if (view != null && !Changes.isSame(told, view)) {
          output.jsonLine(view);
          told = view;
        }
        if (view != null && isEnd(view)) {
          return Outcome.status(view);
        }
      }
    }
  }

  private ExperimentView draw(Feed feed) throws InterruptedException {
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    LiveView live = new LiveView(output.style(), TerminalSize.columns(), ZoneId.systemDefault());
    List<Event> events = new ArrayList<>();
    LiveScreen screen = new LiveScreen(output.err());
    try (Detaching _ = Detaching.saying(home, feed.id(), output, screen)) {
      while (true) {
        Feed.News news = feed.next();
        events.addAll(news.fresh());
        ExperimentView view = news.view();
        if (view == null) {
          continue;
        }
        forecast.observe(view, seconds());
        screen.show(live.lines(view, forecast, events, page(news), news.trouble()));
        if (isEnd(view)) {
          screen.clear();
          return view;
        }
      }
    }
  }

  private ExperimentView print(Feed feed) throws InterruptedException {
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    PlainProgress progress = new PlainProgress();
    Troubles troubles = new Troubles(output);
    try (Detaching _ = Detaching.saying(home, feed.id(), output, null)) {
      while (true) {
        Feed.News news = feed.next();
        troubles.tell(news.trouble());
        ExperimentView view = news.view();
        if (view == null) {
          continue;
        }
        forecast.observe(view, seconds());
        if (news.trouble() == null || !news.fresh().isEmpty()) { // what is old is not told again
          progress
              .lines(view, forecast, news.fresh(), page(news), seconds())
              .forEach(output::remark);
        }
        if (isEnd(view)) {
          return view;
        }
      }
    }
  }

  private static @Nullable String page(Feed.News news) {
    return news.running() == null || news.view() == null
        ? null
        : PageAddresses.of(news.running(), news.view().id());
  }

  /** Nothing more happens by itself. */
  private static boolean isEnd(ExperimentView view) {
    return view.state().isOver() || view.state() == ExperimentState.NEEDS_ATTENTION;
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }
}
