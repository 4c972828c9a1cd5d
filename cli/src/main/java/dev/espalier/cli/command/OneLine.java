package dev.espalier.cli.command;

import dev.espalier.cli.view.LiveScreen;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Progress in words, from any thread: on a terminal one line that changes, elsewhere a line each.
 */
final class OneLine implements Consumer<String>, AutoCloseable {

  private final Output output;
  private final @Nullable LiveScreen screen;

  OneLine(Output output) {
    this.output = output;
    this.screen = output.isLive() ? new LiveScreen(output.err()) : null;
  }

  @Override
  public synchronized void accept(String words) {
    if (screen == null) {
      output.remark(words);
    } else {
      screen.show(List.of(words));
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (screen != null) {
      screen.clear();
      screen.close();
    }
  }
}
