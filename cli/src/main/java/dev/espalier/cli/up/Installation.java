package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each part of an installation is run as: command lines, ports, readiness. */
record Installation(
    Home home, UpOptions options, Ports ports, @Nullable Path temporalBinary, String secret) {

  static final String NAMESPACE = "default";

  String temporalAddress() {
    return options.temporal() != null ? options.temporal() : "127.0.0.1:" + ports.of("temporal");
  }

  /**
   * The real Temporal server, its state in one SQLite file: write-ahead log, synchronous enough to
   * survive a kill.
   */
  Part temporal(int port, int ui, int http, int metrics) {
    List<String> command =
        new ArrayList<>(
            List.of(
                String.valueOf(temporalBinary),
                "server",
                "start-dev",
                "--db-filename",
                home.temporalDatabase().toString(),
                "--ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--ui-port",
                String.valueOf(ui),
                "--http-port",
                String.valueOf(http),
                "--metrics-port",
                String.valueOf(metrics),
                "--log-level",
                "warn",
                "--sqlite-pragma",
                "journal_mode=wal",
                "--sqlite-pragma",
                "synchronous=1"));
    // Continue-as-new is held to one a second by default: too slow for short rounds.
    command.addAll(
        List.of("--dynamic-config-value", "history.workflowIdReuseMinimalInterval=\"0s\""));
    return new Part(
        "temporal",
        command,
        Map.of(),
        Readiness.http("http://127.0.0.1:%d/api/v1/namespaces/%s".formatted(http, NAMESPACE)),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  /** The API with the embedded store: one process, since the store's file has one owner. */
  Part api(int port, int storePort, String temporal, String mongodb) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--home",
                home.toString(),
                "--port",
                String.valueOf(port),
                "--temporal",
                temporal));
    if (options.mongodb() == null) {
      arguments.addAll(List.of("--store-port", String.valueOf(storePort)));
    } else {
      arguments.addAll(List.of("--mongodb", mongodb));
    }
    return new Part(
        "api",
        JavaCommand.of(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx768m", "-XX:MaxDirectMemorySize=256m"),
            arguments),
        Map.of("ESPALIER_HOME", home.toString(), "ESPALIER_SECRET", secret),
        Readiness.http("http://127.0.0.1:%d/health".formatted(port)),
        Duration.ofSeconds(120),
        Duration.ofSeconds(10));
  }

  /** A worker for one device, as many slots as asked for. */
  Part worker(
      String name, String queue, String device, int metricsPort, String temporal, String mongodb) {
    List<String> arguments =
        List.of(
            "worker",
            "--home",
            home.toString(),
            "--queue",
            queue,
            "--device",
            device,
            "--slots",
            String.valueOf(options.slots()),
            "--temporal",
            temporal,
            "--mongodb",
            mongodb,
            "--metrics-port",
            String.valueOf(metricsPort));
    return new Part(
        name,
        JavaCommand.of(
            List.of(
                "-Xmx2g",
                "-XX:MaxDirectMemorySize=1g",
                "-Doffline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1"),
            arguments),
        Map.of(
            "ESPALIER_HOME",
            home.toString(),
            "ESPALIER_SECRET",
            secret,
            "ATEN_CPU_CAPABILITY",
            "avx2",
            "ONEDNN_MAX_CPU_ISA",
            "AVX2",
            "OMP_NUM_THREADS",
            "1",
            "DJL_CACHE_DIR",
            System.getenv().getOrDefault("DJL_CACHE_DIR", home.engine().toString())),
        Readiness.http("http://127.0.0.1:%d/ready".formatted(metricsPort)),
        Duration.ofSeconds(180),
        Duration.ofSeconds(20));
  }

  static String apiUrl(int port) {
    return "http://127.0.0.1:" + port;
  }

  static Processes.Store embeddedStore(int port) {
    return new Processes.Store("mongodb://127.0.0.1:%d/espalier".formatted(port));
  }
}
