package dev.espalier.cli.up;

import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * One process that {@code up} keeps running.
 *
 * @param name in messages, and of its log file
 * @param start how it is started, asked each time: a port that someone took meanwhile is another
 *     then
 * @param startPatience how long its start may take before it counts as failed
 * @param stopPatience how long it may take to end by itself when asked to, before it is killed
 */
record Part(String name, Start start, Duration startPatience, Duration stopPatience) {

  /** Says how the part is to be started now. */
  @FunctionalInterface
  interface Start {
    Launch next();
  }

  /**
   * One start.
   *
   * @param environment beyond the supervisor's own
   * @param noted how the home's record changes when the process is there
   */
  record Launch(
      List<String> command,
      Map<String, String> environment,
      Readiness readiness,
      BiFunction<Processes, ProcessIdentity, Processes> noted) {
    Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** The same, watched more closely. */
    Launch with(UnaryOperator<Readiness> closer) {
      return new Launch(command, environment, closer.apply(readiness), noted);
    }
  }
}
