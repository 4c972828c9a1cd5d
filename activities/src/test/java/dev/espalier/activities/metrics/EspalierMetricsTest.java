package dev.espalier.activities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspalierMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong();
  private final EspalierMetrics metrics = new EspalierMetrics(registry, now::get);

  @ParameterizedTest
  @CsvSource({
    "espalier.nondeterminism, prune",
    "espalier.nondeterminism, experiment",
    "espalier.recoveries, evaluate",
    "espalier.round, prune",
    "espalier.candidates, evaluate",
    "espalier.checkpoints, evaluate",
    "espalier.checkpoint.bytes, evaluate",
    "espalier.checkpoints.corrupt, evaluate"
  })
  void countersAreThereBeforeAnythingHappened(String name, String stage) {
    assertThat(registry.get(name).tag("stage", stage).counter().count()).isZero();
  }

  @Test
  void anExperimentsGaugesEndWithIt() {
    metrics.gauge("espalier.loss", "loss", "a", 0.5);
    metrics.gauge("espalier.loss", "loss", "b", 0.25);

    metrics.experimentEnded("a");

    assertThat(experiments("espalier.loss")).containsExactly("b");
    assertThat(registry.get("espalier.loss").gauge().value()).isEqualTo(0.25);
  }

  @Test
  void anExperimentThatCameBackIsShownAgain() {
    metrics.gauge("espalier.loss", "loss", "a", 0.5);
    metrics.experimentEnded("a");
    metrics.gauge("espalier.loss", "loss", "a", 0.125);

    assertThat(registry.get("espalier.loss").gauge().value()).isEqualTo(0.125);
  }

  @Test
  void anExperimentThatEndedElsewhereIsForgotten() {
    metrics.gauge("espalier.loss", "loss", "ended elsewhere", 0.5);
    now.addAndGet(Duration.ofMinutes(61).toNanos());
    metrics.gauge("espalier.loss", "loss", "b", 0.25);

    assertThat(experiments("espalier.loss")).containsExactly("b");
  }

  @Test
  void aCheckpointAgesUntilTheNextOneIsWritten() {
    metrics.checkpointWritten("a", "evaluate", 100);
    now.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(registry.get("espalier.checkpoint.age").gauge().value()).isEqualTo(7);

    metrics.checkpointWritten("a", "evaluate", 20);

    assertThat(registry.get("espalier.checkpoint.age").gauge().value()).isZero();
    assertThat(registry.get("espalier.checkpoint.bytes").tag("stage", "evaluate").counter().count())
        .isEqualTo(120);
  }

  private List<String> experiments(String name) {
    return registry.find(name).meters().stream()
        .map(Meter::getId)
        .map(id -> String.valueOf(id.getTag("experiment")))
        .toList();
  }
}
