package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.EventLines;
import dev.espalier.cli.view.ProgramLines;
import dev.espalier.store.Event;
import dev.espalier.store.program.ProgramRun;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier logs}. */
@Command(
    name = "logs",
    description = "Prints what happened to an experiment: started, recovered, paused, by whom.",
    footer = {"", "Example:", "  espalier logs 7f3k --follow"})
public final class LogsCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing until the experiment ends.")
  private boolean follow;

  @Option(
      names = "--programs",
      description = "Print what its own training program wrote (evaluation.command).")
  private boolean programs;

  @Option(names = "--json", description = "Print a JSON array; with --follow one object a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (programs) {
      try (StoreAccess access = StoreAccess.open(home.home(), "logs")) {
        List<ProgramRun> runs =
            ProgramLines.runs(access.store(), ExperimentQueries.find(access.store(), id));
        if (json) {
          output.json(runs);
        } else {
          output.lines(ProgramLines.whole(access.store(), runs, output.style()));
        }
      }
      return 0;
    }
    EventLines lines = new EventLines(output.style(), ZoneId.systemDefault());
    if (!follow) {
      try (StoreAccess access = StoreAccess.open(home.home(), "logs")) {
        String whole = ExperimentQueries.find(access.store(), id).id();
        List<Event> events = access.store().events().list(whole);
        if (json) {
          output.json(events);
        } else {
          events.forEach(event -> output.line(lines.line(event)));
        }
      }
      return 0;
    }
    try (Feed feed = Feed.start(home.home(), id, "logs")) {
      Troubles troubles = new Troubles(output);
      while (true) {
        Feed.News news = feed.next();
        troubles.tell(news.trouble());
        for (Event event : news.fresh()) {
          if (json) {
            output.jsonLine(event);
          } else {
            output.line(lines.line(event));
          }
        }
        if (news.view() != null && news.view().state().isOver()) {
          return 0;
        }
      }
    }
  }
}
