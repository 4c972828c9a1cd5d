package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.search.failure.InvalidInput;

/** How a home is named in a command that a person is to type. */
final class Homes {

  private Homes() {}

  /** {@code --home DIR} with its leading space; empty for the home a bare command would use. */
  static String option(Home home) {
    return isUsual(home) ? "" : " --home " + home;
  }

  private static boolean isUsual(Home home) {
    try {
      return home.equals(Home.of(null));
    } catch (InvalidInput none) { // a user without a home folder
      return false;
    }
  }
}
