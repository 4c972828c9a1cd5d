package dev.espalier.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void servesWhatWasMeasured() throws Exception {
    ResidentGauge.bindTo(registry);
    try (MetricsServer server = MetricsServer.start(0, registry)) {
      assertThat(get(server.port(), "/metrics").body())
          .containsPattern("process_resident_memory_bytes [1-9]");
    }
  }

  @Test
  void isReadyOnlyOnceItWasSaid() throws Exception {
    try (MetricsServer server = MetricsServer.start(0, registry)) {
      assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(503);
      server.ready();
      assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void namesAPortThatIsTaken() {
    try (MetricsServer first = MetricsServer.start(0, registry)) {
      assertThatThrownBy(() -> MetricsServer.start(first.port(), registry))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining(String.valueOf(first.port()));
    }
  }

  @Test
  void isFoundByPrometheusThroughAFileThatGoesWithTheProcess(@TempDir Path folder)
      throws Exception {
    Discovery discovery = new Discovery(folder, "worker-cpu");
    discovery.write(20_123, Map.of("queue", "cpu"));

    assertThat(Json.read(Files.readString(folder.resolve("worker-cpu.json")), JsonNode.class))
        .isEqualTo(
            Json.tree(
                List.of(
                    Map.of(
                        "targets", List.of("127.0.0.1:20123"), "labels", Map.of("queue", "cpu")))));

    discovery.remove();
    assertThat(folder).isEmptyDirectory();
  }
}
