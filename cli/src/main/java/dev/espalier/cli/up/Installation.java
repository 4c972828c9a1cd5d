package dev.espalier.cli.up;

import dev.espalier.api.http.Proof;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.Processes;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.store.program.CommandPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each part of an installation is run as: command line, environment, readiness. */
record Installation(Home home, UpOptions options, @Nullable Path temporalBinary, String secret) {

  /**
   * Where a part finds its store's address: it holds a password, and every user of a machine sees
   * command lines.
   */
  static final String STORE_URI = "ESPALIER_MONGODB";

  /**
   * The real Temporal server, its state in one SQLite file: with a write-ahead log, and synchronous
   * enough that a kill loses nothing.
   *
   * <p>Its HTTP port answers whoever asks, web pages too, and cannot be left out: so it is told to
   * answer only under a name that nobody knows. Its page is left out unless it is asked for.
   *
   * @param behind where its page is to listen, behind {@link TemporalPage}; null for no page
   */
  Part.Launch temporal(int port, @Nullable InetSocketAddress behind, int http, int metrics) {
    String name = "espalier-%s.invalid".formatted(Proof.challenge().toLowerCase(Locale.ROOT));
    List<String> page =
        behind == null
            ? List.of("--headless")
            : List.of(
                "--ui-ip",
                behind.getAddress().getHostAddress(),
                "--ui-port",
                String.valueOf(behind.getPort()));
    List<String> command =
        new ArrayList<>(
            List.of(
                String.valueOf(temporalBinary),
                "server",
                "start-dev",
                "--db-filename",
                home.temporalDatabase().toString(),
                "--namespace",
                options.namespace(),
                "--ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--http-port",
                String.valueOf(http),
                "--metrics-port",
                String.valueOf(metrics),
                "--log-level",
                "warn",
                "--sqlite-pragma",
                "journal_mode=wal",
                "--sqlite-pragma",
                "synchronous=1",
                // Continue-as-new is held to one a second by default: too slow for short rounds.
                "--dynamic-config-value",
                "history.workflowIdReuseMinimalInterval=\"0s\"",
                "--dynamic-config-value",
                "frontend.httpAllowedHosts=[\"%s\"]".formatted(name)));
    command.addAll(page);
    return new Part.Launch(
        command,
        Map.of(),
        Readiness.named(http, name, "/api/v1/namespaces/" + options.namespace()),
        (before, process) ->
            before.with(
                new Processes.Temporal(
                    process.pid(),
                    process.startedAt(),
                    process.mark(),
                    loopback(port),
                    0,
                    options.namespace())));
  }

  /** The API with the embedded store: one process, since the store's file has one owner. */
  Part.Launch api(int port, int storePort, String temporal) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--home",
                home.toString(),
                "--port",
                String.valueOf(port),
                "--temporal",
                temporal,
                "--namespace",
                options.namespace()));
    String elsewhere = options.mongodb();
    if (elsewhere == null) {
      arguments.addAll(List.of("--store-port", String.valueOf(storePort)));
    }
    if (options.temporal() == null) {
      arguments.add("--own-temporal");
    }
    Processes.Store store = store(storePort);
    return new Part.Launch(
        JavaCommand.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx768m", "-XX:MaxDirectMemorySize=256m"),
            arguments),
        environment(elsewhere == null ? Map.of() : Map.of(STORE_URI, elsewhere)),
        Readiness.proven(port, "/health", secret),
        (before, process) ->
            before
                .with(store)
                .with(
                    new Processes.Api(
                        process.pid(), process.startedAt(), process.mark(), port, apiUrl(port))));
  }

  /** A worker for one device. */
  Part.Launch worker(WorkerPlan plan, int metricsPort, String temporal, String mongodb) {
    List<String> arguments =
        List.of(
            "worker",
            "--home",
            home.toString(),
            "--queue",
            plan.queue(),
            "--device",
            plan.device(),
            "--slots",
            String.valueOf(plan.slots()),
            "--temporal",
            temporal,
            "--namespace",
            options.namespace(),
            "--metrics-port",
            String.valueOf(metricsPort));
    Map<String, String> variables = new HashMap<>(plan.environment());
    variables.put(STORE_URI, mongodb);
    List<String> flags =
        List.of(
            HeapSize.option(plan.slots()),
            "-XX:MaxDirectMemorySize=1g",
            "--add-modules",
            "jdk.incubator.vector",
            "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
            "-Doffline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1");
    return new Part.Launch(
        JavaCommand.of(flags, arguments),
        environment(variables),
        Readiness.http(metricsPort, "/ready"),
        (before, process) ->
            before.with(
                new Processes.Worker(
                    process.pid(),
                    process.startedAt(),
                    process.mark(),
                    plan.name(),
                    plan.device(),
                    metricsPort)));
  }

  /** What every part of ours finds in its environment. */
  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ESPALIER_HOME", home.toString());
    variables.put("ESPALIER_SECRET", secret);
    variables.put(
        "DJL_CACHE_DIR",
        Path.of(System.getenv().getOrDefault("DJL_CACHE_DIR", home.engine().toString()))
            .toAbsolutePath()
            .toString());
    String commands = System.getProperty(CommandPolicy.PROPERTY);
    if (commands != null) {
      variables.put(CommandPolicy.VARIABLE, commands);
    }
    variables.putAll(more);
    return variables;
  }

  static String apiUrl(int port) {
    return "http://" + loopback(port);
  }

  static String loopback(int port) {
    return "127.0.0.1:" + port;
  }

  /** Where the documents are, if the embedded store has this port. */
  Processes.Store store(int port) {
    String elsewhere = options.mongodb();
    return new Processes.Store(
        elsewhere == null ? EmbeddedStore.uri(home.storeFile(), port) : elsewhere);
  }
}
