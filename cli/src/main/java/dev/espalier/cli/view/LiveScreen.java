package dev.espalier.cli.view;

import java.io.PrintWriter;
import java.util.List;

/**
 * Draws lines over the ones it drew before, on a terminal.
 *
 * <p>Lines that are too wide are cut by the terminal (wrapping is off while drawing), so that the
 * number of rows is always the number of lines. A row is cleared before it is written: after a full
 * one the cursor stands on its last character. Everything goes out in one write: no flicker.
 */
public final class LiveScreen implements AutoCloseable {

  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private int drawn;
  private boolean open = true;

  public LiveScreen(PrintWriter out) {
    this.out = out;
  }

  /** Replaces what was shown. */
  public synchronized void show(List<String> lines) {
    if (!open) {
      return;
    }
    StringBuilder frame = new StringBuilder(HIDE_CURSOR).append(NO_WRAP).append(up());
    lines.forEach(line -> frame.append(CLEAR_LINE).append(line).append('\n'));
    frame.append(CLEAR_BELOW).append(WRAP).append(SHOW_CURSOR);
    out.print(frame);
    out.flush();
    drawn = lines.size();
  }

  /** Takes what was shown away, so that something else can stand in its place. */
  public synchronized void clear() {
    if (open && drawn > 0) {
      out.print(up() + CLEAR_BELOW);
      out.flush();
      drawn = 0;
    }
  }

  private String up() {
    return drawn == 0 ? "\r" : "\r\u001b[" + drawn + "A";
  }

  /** Leaves what is shown and draws no more. */
  @Override
  public synchronized void close() {
    open = false;
  }
}
