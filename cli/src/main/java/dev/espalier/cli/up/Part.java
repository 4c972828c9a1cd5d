package dev.espalier.cli.up;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process that {@code up} keeps running.
 *
 * @param name in messages, and of its log file
 * @param environment beyond the supervisor's own
 * @param startPatience how long its start may take before it counts as failed
 * @param stopPatience how long it may take to end by itself when asked to, before it is killed
 */
record Part(
    String name,
    List<String> command,
    Map<String, String> environment,
    Readiness readiness,
    Duration startPatience,
    Duration stopPatience) {
  Part {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
