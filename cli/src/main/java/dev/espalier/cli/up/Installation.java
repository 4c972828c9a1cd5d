package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each part of an installation is run as: command line, environment, readiness. */
record Installation(Home home, UpOptions options, @Nullable Path temporalBinary, String secret) {

  /**
   * The real Temporal server, its state in one SQLite file: with a write-ahead log, and synchronous
   * enough that a kill loses nothing.
   */
  Part.Launch temporal(int port, int page, int http, int metrics) {
    List<String> command =
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
            "--ui-port",
            String.valueOf(page),
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
            "history.workflowIdReuseMinimalInterval=\"0s\"");
    return new Part.Launch(
        command,
        Map.of(),
        Readiness.http(http, "/api/v1/namespaces/" + options.namespace()),
        (before, process) ->
            before.with(
                new Processes.Temporal(
                    process.pid(),
                    process.startedAt(),
                    process.mark(),
                    loopback(port),
                    page,
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
    arguments.addAll(
        elsewhere == null
            ? List.of("--store-port", String.valueOf(storePort))
            : List.of("--mongodb", elsewhere));
    if (options.temporal() == null) {
      arguments.add("--own-temporal");
    }
    Processes.Store store = store(storePort);
    return new Part.Launch(
        JavaCommand.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx768m", "-XX:MaxDirectMemorySize=256m"),
            arguments),
        environment(Map.of()),
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
            "--mongodb",
            mongodb,
            "--metrics-port",
            String.valueOf(metricsPort));
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
        environment(plan.environment()),
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
        elsewhere == null ? "mongodb://%s/espalier".formatted(loopback(port)) : elsewhere);
  }
}
