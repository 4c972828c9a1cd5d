package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.up.BackgroundUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code up} that an experiment runs in: the one of the home, else one for the time of the run.
 */
final class RunningUp {

  /** Long enough to fetch Temporal's server on a first run; it says what it does meanwhile. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private RunningUp() {}

  static RunningHome find(Home home, Output output) throws InterruptedException {
    Optional<RunningHome> running = RunningHome.find(home);
    if (running.isPresent()) {
      return running.get();
    }
    output.remark(
        "Nothing runs in %s yet: starting an espalier up for the time of this run".formatted(home));
    return BackgroundUp.start(home, List.of(), output::remark, PATIENCE);
  }
}
