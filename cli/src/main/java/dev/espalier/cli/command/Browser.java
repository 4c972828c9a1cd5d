package dev.espalier.cli.command;

import dev.espalier.search.failure.FileTrouble;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The browser of this machine: what {@code BROWSER} says, else what the system has to open an
 * address.
 *
 * @param environment where {@code BROWSER}, {@code DISPLAY} and {@code WAYLAND_DISPLAY} are looked
 *     up
 * @param system as in the property {@code os.name}
 */
record Browser(Map<String, String> environment, String system) {
  Browser {
    environment = Map.copyOf(environment);
  }

  static Browser ofThisMachine() {
    return new Browser(System.getenv(), System.getProperty("os.name", ""));
  }

  /** Opens an address, and does not wait for its end; what hindered it, in words. */
  Optional<String> open(URI address) {
    List<String> command = command(address);
    if (command.isEmpty()) {
      return Optional.of("there is no display, and BROWSER names none");
    }
    try {
      new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(command.getFirst() + ": " + FileTrouble.inWords(e));
    }
  }

  /** Program and arguments; empty where there is none. */
  List<String> command(URI address) {
    String wish = environment.getOrDefault("BROWSER", "").strip();
    if (!wish.isEmpty()) {
      return withAddress(wish.split(":", 2)[0], address); // several are told apart by colons
    }
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return List.of("open", address.toString());
    }
    return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
        ? List.of("xdg-open", address.toString())
        : List.of();
  }

  /** {@code %s} stands for the address, which else comes last. */
  private static List<String> withAddress(String wish, URI address) {
    List<String> command = new ArrayList<>(Arrays.asList(wish.strip().split("\\s+")));
    if (wish.contains("%s")) {
      command.replaceAll(word -> word.replace("%s", address.toString()));
    } else {
      command.add(address.toString());
    }
    return List.copyOf(command);
  }
}
