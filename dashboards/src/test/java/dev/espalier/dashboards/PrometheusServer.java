package dev.espalier.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.survival.LiveHome;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Prometheus on this project's own configuration, which watches one home as the readme says.
 */
final class PrometheusServer implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;
  private final Path log;

  private PrometheusServer(Process process, String url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /**
   * @param folder for its configuration and data
   * @param targets the home's folder of scrape targets
   */
  static PrometheusServer start(Path program, Path folder, Path targets) throws IOException {
    Files.createDirectories(folder);
    for (String name : new String[] {"prometheus.yml", "rules.yml"}) {
      // A small experiment is over in seconds: look every second.
      String file = Files.readString(Places.PROMETHEUS.resolve(name));
      Files.writeString(folder.resolve(name), file.replaceAll("(_interval): 5s", "$1: 1s"));
    }
    Files.createSymbolicLink(folder.resolve("targets"), targets);
    int port = freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port, log);
    LiveHome.await(READY, "Prometheus is ready", server::readiness);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Optional<Boolean> readiness() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "Prometheus ended with %d: %s".formatted(process.exitValue(), said()));
    }
    try {
      return get("/-/ready").statusCode() == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * What the API answers; a refusal (a query that does not parse) fails with Prometheus's own
   * words.
   */
  private JsonNode api(String path, String... parameters) {
    String query =
        Stream.of(parameters)
            .map(each -> each.split("=", 2))
            .map(pair -> pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      JsonNode answer = Json.mapper().readTree(get("/api/v1/%s?%s".formatted(path, query)).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError("%s: %s".formatted(query, answer.path("error").asText()));
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new AssertionError("Prometheus does not answer: " + said(), e);
    }
  }

  /** The series of an instant query. */
  Answer at(Instant time, String expression) {
    return Answer.of(api("query", "query=" + expression, "time=" + seconds(time)));
  }

  /** The series of a query over a range, every second, the last one included. */
  Answer over(Instant from, Instant to, String expression) {
    Instant first = to.minusSeconds(Duration.between(from, to).toSeconds());
    return Answer.of(
        api(
            "query_range",
            "query=" + expression,
            "start=" + seconds(first),
            "end=" + seconds(to),
            "step=1"));
  }

  /** The values that a label of a metric has had. */
  Stream<String> labelValues(String metric, String label) {
    return api("label/%s/values".formatted(label), "match[]=" + metric)
        .valueStream()
        .map(JsonNode::asText);
  }

  /** The alerts, as Prometheus has evaluated them. */
  Stream<JsonNode> alerts() {
    return api("rules", "type=alert")
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream());
  }

  private static String seconds(Instant time) {
    return String.valueOf(time.toEpochMilli() / 1000.0);
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(20, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    http.close();
  }
}
