package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Ends the parts that a killed {@code up} left running: by the recorded process id and start, never
 * by name, and only what works for this very home.
 *
 * <p>They are ended rather than taken over: the new {@code up} may have other options and other
 * code, and a part's exit status is known only to the process that started it. What they were doing
 * goes on from its last checkpoint.
 */
final class Orphans {
  private final Duration patience;
  private final Consumer<String> say;

  Orphans(Duration patience, Consumer<String> say) {
    this.patience = patience;
    this.say = say;
  }

  /** Ends every part of the home's record that still runs; answers how many there were. */
  int end(Home home, Processes left) {
    return end(home, left, part -> true);
  }

  int end(Home home, Processes left, Predicate<Processes.Part> whom) {
    int ended = 0;
    for (Processes.Part part : left.running(home).stream().filter(whom).toList()) {
      Optional<ProcessHandle> process = part.identity().running();
      if (process.isPresent()) {
        say.accept(
            "ending %s (process %d), left behind by an `up` that was killed"
                .formatted(part.name(), part.identity().pid()));
        end(process.get());
        ended++;
      }
    }
    return ended;
  }

  private void end(ProcessHandle process) {
    process.destroy();
    if (!ends(process, patience)) {
      process.destroyForcibly();
      ends(process, Duration.ofSeconds(5));
    }
  }

  private static boolean ends(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
