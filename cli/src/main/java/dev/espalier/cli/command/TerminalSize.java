package dev.espalier.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is: asked of {@code stty}, else of {@code COLUMNS}, else 80. */
final class TerminalSize {

  private static final int USUAL = 80;

  private TerminalSize() {}

  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0) {
        return columns(answer);
      }
    } catch (IOException e) {
      return fromEnvironment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return fromEnvironment();
  }

  /** The second of {@code rows columns}. */
  static int columns(String sttySize) {
    String[] words = sttySize.strip().split(" ", -1);
    int columns = words.length == 2 ? number(words[1]) : 0;
    return columns > 0 ? columns : fromEnvironment();
  }

  private static int fromEnvironment() {
    String columns = System.getenv("COLUMNS");
    int number = columns == null ? 0 : number(columns);
    return number > 0 ? number : USUAL;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
