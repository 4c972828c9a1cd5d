package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.view.LiveScreen;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C does while an experiment is watched: it leaves, says so, and says how to come back.
 * The experiment goes on.
 */
final class Detaching implements AutoCloseable {

  private final Thread farewell;

  private Detaching(Runnable words) {
    farewell = new Thread(words, "detach");
    Runtime.getRuntime().addShutdownHook(farewell);
  }

  static Detaching saying(Home home, String id, Output output, @Nullable LiveScreen screen) {
    return new Detaching(() -> {
      if (screen != null) {
        screen.close();
      }
      output.remark("");
      output.remark(
          "Detached: %s goes on. Come back with: espalier watch %s%s"
              .formatted(id, id, Homes.option(home)));
    });
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      // The process is ending already, and the farewell is being said.
    }
  }
}
