package dev.espalier.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemporalMetersTest {
  private static final Map<String, String> TAGS =
      Map.of(
          "namespace",
          "default",
          "activity_type",
          "Measure",
          "workflow_type",
          "none",
          "task_queue",
          "espalier-cpu",
          "operation",
          "PollActivityTaskQueue",
          "query_type",
          "none",
          "signal_name",
          "none",
          "worker_type",
          "ActivityWorker");

  private static String scrape(boolean trimmed) throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    if (trimmed) {
      registry.config().meterFilter(new TemporalMeters());
    }
    Scope root =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(Duration.ofHours(1));
    Scope scope = root.tagged(TAGS);
    scope.timer("temporal_activity_execution_latency").record(Duration.ofMillis(120));
    scope.timer("temporal_request_latency").record(Duration.ofMillis(3));
    scope.timer("temporal_long_request_latency").record(Duration.ofMillis(60_000));
    scope.counter("temporal_request").inc(2);
    scope.gauge("temporal_worker_task_slots_available").update(3);
    root.close();
    return registry.scrape();
  }

  private static List<String> lines(String scrape, String name) {
    return scrape.lines().filter(line -> line.startsWith(name)).toList();
  }

  @Test
  void keepAFewBucketsOfEachTimer() throws Exception {
    assertThat(lines(scrape(false), "temporal_activity_execution_latency_seconds_bucket"))
        .as("untrimmed: a full histogram")
        .hasSizeGreaterThan(60);
    assertThat(lines(scrape(true), "temporal_activity_execution_latency_seconds_bucket"))
        .hasSize(8)
        .anyMatch(line -> line.contains("le=\"0.25\"") && line.endsWith(" 1"))
        .anyMatch(line -> line.contains("le=\"0.05\"") && line.endsWith(" 0"));
  }

  @Test
  void dropLabelsThatSayNothing() throws Exception {
    String scrape = scrape(true);

    assertThat(scrape)
        .doesNotContain("namespace=")
        .doesNotContain("query_type=")
        .doesNotContain("signal_name=");
    assertThat(lines(scrape, "temporal_activity_execution_latency_seconds_count"))
        .singleElement()
        .asString()
        .contains("activity_type=\"Measure\"", "task_queue=\"espalier-cpu\"");
    assertThat(lines(scrape, "temporal_request_total"))
        .singleElement()
        .asString()
        .contains("operation=\"PollActivityTaskQueue\"")
        .doesNotContain("workflow_type");
  }

  @Test
  void dropTimersOfPollsThatWait() throws Exception {
    assertThat(scrape(true)).doesNotContain("temporal_long_request_latency");
  }

  @Test
  void leaveOtherMetersAlone() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new TemporalMeters());
    registry.counter("espalier.candidates", "stage", "prune").increment();

    assertThat(registry.scrape()).contains("espalier_candidates_total{stage=\"prune\"} 1.0");
  }
}
