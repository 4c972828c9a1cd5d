package dev.espalier.cli.up;

import dev.espalier.cli.home.AtomicFile;
import dev.espalier.cli.home.Home;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loopback ports of a home's parts, by name. A home keeps its ports from one {@code up} to the
 * next as long as nobody else took them, so that addresses written down stay good.
 *
 * <p>They lie below the range from which systems take the ports of outgoing connections (from 32768
 * on Linux): a client that knocks at a dead server's port within that range can be given that very
 * port, connect to itself and keep the server from coming back.
 */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int BEYOND = 32_000;
  private static final int TRIES = 2_000;

  private final Home home;
  private final Map<String, Integer> byName = new TreeMap<>();

  Ports(Home home) {
    this.home = home;
    try {
      if (Files.exists(home.portsFile())) {
        Json.tree(Json.read(Files.readString(home.portsFile()), Map.class))
            .properties()
            .forEach(entry -> byName.put(entry.getKey(), entry.getValue().asInt()));
      }
    } catch (IOException | RuntimeException e) {
      byName.clear(); // a torn or foreign file: choose anew
    }
  }

  /** The port of a part: the one it had before if that is free, else another free one. */
  synchronized int of(String name) {
    Integer kept = byName.get(name);
    if (kept != null && isFree(kept)) {
      return kept;
    }
    int chosen = choose();
    byName.put(name, chosen);
    save();
    return chosen;
  }

  /** A port that a person asked for; refused with words if someone has it. */
  synchronized int fixed(String name, int port) {
    if (!isFree(port)) {
      throw new InvalidInput(
          "port %d is taken by another program: choose another with --port, or leave --port out for a free one"
              .formatted(port));
    }
    byName.put(name, port);
    save();
    return port;
  }

  /** The port that a part was given last. */
  synchronized int last(String name) {
    return byName.getOrDefault(name, 0);
  }

  private int choose() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (!byName.containsValue(port) && isFree(port)) {
        return port;
      }
    }
    throw new InvalidInput(
        "no free port was found between %d and %d: end what occupies them"
            .formatted(LOWEST, BEYOND));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private void save() {
    try {
      AtomicFile.write(home.portsFile(), Json.write(byName).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Only the next `up` would have used it: it will choose other ports then.
    }
  }
}
