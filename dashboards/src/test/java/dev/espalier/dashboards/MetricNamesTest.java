package dev.espalier.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.serviceclient.MetricsType;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  @Test
  void findsTheMetricsOfAnExpressionAndNothingElse() {
    assertThat(
            MetricNames.in(
                "histogram_quantile(0.95, sum by (le, queue) "
                    + "(rate(a_bucket{x=~\"b|c\"}[$__rate_interval]))) > 1e3 or on () "
                    + "label_replace(vector(0), \"d\", \"e f\", \"\", \"\") unless g_total offset 6h"))
        .containsExactly("a_bucket", "g_total");
  }

  @Test
  void knowsTheFailuresOfTemporalsClientByTheirNames() {
    assertThat(MetricNames.known())
        .contains(
            io.temporal.worker.MetricsType.ACTIVITY_EXEC_FAILED_COUNTER + "_total",
            MetricsType.TEMPORAL_REQUEST_FAILURE + "_total");
  }
}
