package dev.espalier.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {
  private static List<JsonNode> alerts() throws IOException {
    return new YAMLMapper()
        .readTree(Places.PROMETHEUS.resolve("rules.yml").toFile())
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .toList();
  }

  @Test
  void promtoolAcceptsTheConfigurationAndTheAlerts(@TempDir Path folder) throws Exception {
    String promtool = Programs.require("promtool").toString();
    try (Stream<Path> files = Files.list(Places.PROMETHEUS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.createDirectories(folder.resolve("targets"));
    Files.writeString(
        folder.resolve("targets/api.json"),
        "[{\"targets\": [\"127.0.0.1:1\"], \"labels\": {\"process\": \"api\", \"__metrics_path__\": "
            + "\"/prometheus\"}}]");
    assertThat(Programs.run(folder, promtool, "check", "config", "prometheus.yml"))
        .contains("SUCCESS")
        .doesNotContain("WARNING");
    assertThat(Programs.run(folder, promtool, "check", "rules", "rules.yml")).contains("SUCCESS");
  }

  @Test
  void theAlertsRingWhenTheyShouldAndOnlyThen() throws Exception {
    String promtool = Programs.require("promtool").toString();
    assertThat(Programs.run(Places.PROMETHEUS, promtool, "test", "rules", "rules_test.yml"))
        .contains("SUCCESS");
  }

  @Test
  void everyAlertIsTestedAndTellsWhatToDo() throws IOException {
    String tests = Files.readString(Places.PROMETHEUS.resolve("rules_test.yml"));
    assertThat(alerts())
        .isNotEmpty()
        .allSatisfy(alert -> {
          assertThat(tests).contains("alertname: " + alert.path("alert").asText());
          assertThat(alert.path("labels").path("severity").asText()).isIn("warning", "critical");
          assertThat(alert.path("annotations").path("summary").asText()).isNotBlank();
          assertThat(alert.path("annotations").path("description").asText()).isNotBlank();
        });
  }

  @Test
  void theAlertsSpeakOnlyOfMetricsThatExist() throws IOException {
    assertThat(alerts())
        .allSatisfy(alert ->
            assertThat(MetricNames.known())
                .containsAll(MetricNames.in(alert.path("expr").asText())));
  }
}
