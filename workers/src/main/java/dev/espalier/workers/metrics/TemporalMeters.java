package dev.espalier.workers.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Trims what Temporal's client measures: by itself each timer is a histogram of some 70 buckets
 * with every label there is, 655 KB for one worker after one workflow.
 */
public final class TemporalMeters implements MeterFilter {
  private static final double[] BUCKETS =
      Stream.of(10L, 50L, 250L, 1_000L, 5_000L, 30_000L, 300_000L)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  /** Always the same or always "none" here. */
  private static final Set<String> USELESS =
      Set.of(
          "namespace",
          "query_type",
          "signal_name",
          "update_name",
          "nexus_service",
          "nexus_operation",
          "nexus_endpoint",
          "endpoint",
          "exception",
          "service_name",
          "binary_checksum",
          "build_id");

  /**
   * Requests are told apart by their operation; which workflow made them is another meter's matter.
   */
  private static final Set<String> USELESS_ON_REQUESTS =
      Set.of("workflow_type", "activity_type", "task_queue", "worker_type");

  /** How long an empty queue made a poll wait, and the like: no news. */
  private static final List<String> DROPPED =
      List.of(
          "temporal_long_request_latency",
          "temporal_long_request_latency_attempt",
          "temporal_request_latency_attempt");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return DROPPED.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!isTemporal(id)) {
      return id;
    }
    boolean request = id.getName().contains("_request");
    List<Tag> kept =
        id.getTags().stream()
            .filter(tag ->
                !USELESS.contains(tag.getKey())
                    && !(request && USELESS_ON_REQUESTS.contains(tag.getKey())))
            .toList();
    return id.replaceTags(Tags.of(kept));
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!isTemporal(id)) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .percentilesHistogram(false)
        .serviceLevelObjectives(BUCKETS)
        .build()
        .merge(config);
  }

  private static boolean isTemporal(Meter.Id id) {
    return id.getName().startsWith("temporal");
  }
}
