package dev.espalier.cli;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;

/** The {@code espalier} command. Exit status: 0; 2 for the caller's mistake; 1 for a failure. */
public final class Main {
  public static final int OK = 0;
  public static final int FAILURE = 1;
  public static final int CALLERS_MISTAKE = 2;

  /** Commands that run on, whose log somebody reads; and the option that asks for it. */
  private static final Set<String> SERVING = Set.of("up", "serve", "worker", "--debug");

  private Main() {}

  public static void main(String[] arguments) {
    // before anything of picocli, which to load takes longer than the answer
    if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
      System.out.println(ProgramVersion.words());
      return;
    }
    Locale.setDefault(Locale.ENGLISH); // digits in the names of parameters decide what is drawn
    if (Collections.disjoint(SERVING, Arrays.asList(arguments))) {
      // What went wrong is said once, by the command; the log is for what runs unattended.
      System.setProperty(QuietLog.LEVEL, QuietLog.ERRORS_ONLY);
    }
    System.exit(Commands.forArguments(arguments).execute(arguments));
  }

  /** The whole command, ready to execute; for tests. */
  public static CommandLine commandLine() {
    return Commands.all();
  }
}
