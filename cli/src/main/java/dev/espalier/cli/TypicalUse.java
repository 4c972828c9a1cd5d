package dev.espalier.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.api.http.Proof;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomePlace;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Labels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;

/**
 * What people do all day, once, in the current folder as a home: the launcher runs it to learn
 * which classes the short commands need, and keeps these (JEP 483).
 *
 * <p>It asks both ways, as commands do: an {@code up}, for which it stands itself, and then the
 * store's file.
 */
final class TypicalUse {
  private static final String SECRET = "of this one use";

  private TypicalUse() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty(QuietLog.LEVEL, QuietLog.ERRORS_ONLY);
    Home home = new Home(Path.of("")).prepare();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/health", exchange -> answer(exchange, "{}"));
    server.createContext("/api", exchange -> answer(exchange, Json.write(List.of(example()))));
    server.start();
    try {
      record(home, server.getAddress().getPort());
      execute(home, "list");
      execute(home, "list", "--state", "running", "--limit", "10", "--json");
    } finally {
      server.stop(0);
      Files.delete(home.processesFile());
    }
    execute(home, "list");
    execute(home, "show", "none");
    execute(home, "data", "list");
    execute(home, "list", "--help");
    System.exit(Main.OK);
  }

  private static void execute(Home home, String... command) {
    String[] words = List.of(command).toArray(new String[command.length + 2]);
    words[command.length] = "--home";
    words[command.length + 1] = home.toString();
    CommandLine line = Commands.forArguments(words);
    line.setOut(new PrintWriter(Writer.nullWriter()));
    line.setErr(new PrintWriter(Writer.nullWriter()));
    line.execute(words);
  }

  private static void record(Home home, int port) throws IOException {
    ProcessIdentity self = ProcessIdentity.ofThisProcess();
    Processes.of(
            HomePlace.of(home),
            new Processes.Supervisor(
                self.pid(), self.startedAt(), self.mark(), true, Instant.now(), false),
            SECRET)
        .with(new Processes.Temporal(0, null, "", "127.0.0.1:0", 0, null))
        .with(new Processes.Store("mongodb://127.0.0.1:0/espalier"))
        .with(
            new Processes.Api(
                self.pid(), self.startedAt(), self.mark(), port, "http://127.0.0.1:" + port))
        .write(home.processesFile());
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      String challenge = exchange.getRequestHeaders().getFirst(Proof.CHALLENGE);
      if (challenge != null) {
        exchange.getResponseHeaders().set(Proof.PROOF, Proof.of(SECRET, challenge));
      }
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static ExperimentLine example() {
    return new ExperimentLine(
        "te-nas-aaaaaa",
        ExperimentState.RUNNING,
        null,
        "te-nas",
        "nas-bench-201",
        "cifar10",
        0,
        "quick",
        null,
        null,
        0.5,
        "prune",
        0.5,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        1,
        Labels.NONE);
  }
}
