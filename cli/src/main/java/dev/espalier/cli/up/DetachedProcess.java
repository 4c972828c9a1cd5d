package dev.espalier.cli.up;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process in a session of its own (a terminal's Ctrl-C and hang-up do not reach it) that begins
 * only when told to.
 *
 * <p>It waits as a shell that reads one line, then becomes the program, under the same process id.
 * So its id can be written down before it does anything; if its starter dies before that, the line
 * never comes and the shell ends: there is no moment at which a running program is known to nobody.
 */
final class DetachedProcess {
  private static final String WAIT_THEN_RUN = "read -r go && exec \"$@\" </dev/null";

  private DetachedProcess() {}

  /**
   * Starts the waiting shell; output is appended to the log.
   *
   * @param folder its working directory: a process works for the home in whose folder it works
   */
  static Process prepare(
      List<String> command, Map<String, String> environment, Path folder, Path log)
      throws IOException {
    List<String> words = new ArrayList<>(newSession());
    words.addAll(List.of("/bin/sh", "-c", WAIT_THEN_RUN, "espalier"));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** Lets it run. */
  static void release(Process process) throws IOException {
    try (OutputStream line = process.getOutputStream()) {
      line.write("go\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * {@code setsid} of util-linux keeps the process id; where it is missing, Python 3 does the same.
   */
  private static List<String> newSession() {
    for (String place : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (Files.isExecutable(Path.of(place))) {
        return List.of(place);
      }
    }
    return List.of(
        "python3", "-c", "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])");
  }
}
