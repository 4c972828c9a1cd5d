package dev.espalier.store.program;

import java.util.Map;

/**
 * Whether programs of people's own are run here, with the rights of whoever started the worker:
 * {@code ESPALIER_COMMANDS} says {@code off} or {@code on}, and {@code espalier worker
 * --no-commands} sets the property of this process.
 */
public final class CommandPolicy {
  /** The variable, for all parts of an {@code up}. */
  public static final String VARIABLE = "ESPALIER_COMMANDS";

  /** The property, for one worker and the processes that it starts. */
  public static final String PROPERTY = "espalier.commands";

  public static final String OFF = "off";
  public static final String ON = "on";

  private CommandPolicy() {}

  /** Whether this worker runs them. */
  public static boolean workerRuns() {
    return workerRuns(System.getenv(), System.getProperty(PROPERTY, ""));
  }

  static boolean workerRuns(Map<String, String> environment, String property) {
    return !property.equals(OFF) && !environment.getOrDefault(VARIABLE, "").equals(OFF);
  }

  /**
   * Whether an API takes specifications with them.
   *
   * @param loopback whether only this machine can reach it: else they have to be allowed at its
   *     start
   */
  public static boolean launches(Map<String, String> environment, boolean loopback) {
    String said = environment.getOrDefault(VARIABLE, "");
    return said.equals(ON) || (loopback && !said.equals(OFF));
  }
}
