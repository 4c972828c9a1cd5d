package dev.espalier.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.survival.LiveHome;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof: a real experiment in a real home, watched by a real Prometheus. */
class LiveDashboardTest {
  private static final Duration SCRAPED = Duration.ofMinutes(1);

  /** Only failures make these: the dashboard's queries give zero without. */
  private static final Set<String> RARE =
      Set.of("temporal_activity_execution_failed_total", "temporal_request_failure_total");

  @TempDir static Path folder;
  private static LiveHome live;
  private static PrometheusServer prometheus;
  private static String experiment;
  private static Instant began;
  private static Instant ended;

  @BeforeAll
  static void watchAnExperiment() throws Exception {
    Path program = Programs.require("prometheus");
    live = LiveHome.start(folder.resolve("home"), 2);
    prometheus =
        PrometheusServer.start(program, folder.resolve("prometheus"), live.home().metrics());
    awaitPositive("up{process=\"api\"}");
    awaitPositive("up{process=\"worker-cpu\"}");
    began = Instant.now();
    // Trainings long enough for a checkpoint, which is due every five seconds.
    experiment =
        live.launch(
            "--set", "evaluation.imageSize=16",
            "--set", "evaluation.channels=8",
            "--set", "evaluation.epochs=40");
    ExperimentDocument end = live.awaitEnd(experiment);
    assertThat(end.state()).as("%s", end.reason()).isEqualTo(ExperimentState.COMPLETED);
    awaitPositive("espalier_experiments{state=\"COMPLETED\"}");
    awaitPositive("espalier_stage_seconds_count{stage=\"report\"}");
    ended = Instant.now();
  }

  private static void awaitPositive(String expression) {
    LiveHome.await(
        SCRAPED,
        expression,
        () ->
            prometheus.at(Instant.now(), expression).max() > 0
                ? Optional.of(true)
                : Optional.empty());
  }

  @AfterAll
  static void stop() throws Exception {
    if (prometheus != null) {
      prometheus.close();
    }
    if (live != null) {
      live.close();
    }
  }

  @Test
  void everyQueryOfTheDashboardReturnsData() throws Exception {
    Duration range = Duration.between(began, ended).plusSeconds(1);
    SoftAssertions each = new SoftAssertions();
    for (Dashboard.Query query : Dashboard.read(Places.DASHBOARD).queries()) {
      String expression = query.substituted(experiment, range);
      Answer answer =
          query.instant()
              ? prometheus.at(ended, expression)
              : prometheus.over(began, ended, expression);
      each.assertThat(answer.isEmpty()).as("no data: %s", query).isFalse();
    }
    each.assertAll();
  }

  @Test
  void theExperimentCanBeChosen() {
    assertThat(prometheus.labelValues("espalier_linear_regions", "experiment"))
        .contains(experiment);
  }

  @Test
  void theNumbersAreThoseOfTheExperiment() {
    assertThat(over("sum(espalier_experiments{state=\"RUNNING\"})").max()).isEqualTo(1);
    assertThat(now("sum(espalier_experiments{state=\"COMPLETED\"})").max()).isEqualTo(1);
    // The winner and one random cell.
    assertThat(now("sum(espalier_candidates_total{stage=\"evaluate\"})").max()).isEqualTo(2);
    assertThat(now("sum(espalier_candidates_total{stage=\"prune\"})").max()).isPositive();
    assertThat(now("sum(espalier_checkpoints_total{stage=\"evaluate\"})").max()).isPositive();
    assertThat(now("sum(espalier_nondeterminism_total)").max()).isZero();
    assertThat(now("max(espalier_best_accuracy_ratio)").max()).isBetween(0.0, 1.0);
    assertThat(over("max(temporal_worker_task_slots_used{task_queue=~\"espalier-cpu.*\"})").max())
        .isBetween(1.0, 2.0);
  }

  @Test
  void theExperimentsOwnSeriesEndWithIt() {
    LiveHome.await(
        SCRAPED,
        "no series of an experiment that ended",
        () ->
            prometheus.at(Instant.now(), "{experiment=\"%s\"}".formatted(experiment)).isEmpty()
                ? Optional.of(true)
                : Optional.empty());
  }

  @Test
  void everyKnownMetricIsThere() {
    Set<String> missing = new TreeSet<>(MetricNames.known());
    missing.removeAll(RARE);
    missing.removeAll(prometheus.labelValues("{job=\"espalier\"}", "__name__").toList());
    assertThat(missing).isEmpty();
  }

  @Test
  void theAlertsAreEvaluatedAndAllIsWell() {
    assertThat(prometheus.alerts())
        .isNotEmpty()
        .allSatisfy(alert -> {
          assertThat(alert.path("health").asText()).as("%s", alert).isEqualTo("ok");
          assertThat(alert.path("alerts").valueStream().map(JsonNode::toString))
              .as("%s", alert.path("name"))
              .isEmpty();
        });
  }

  private static Answer now(String expression) {
    return prometheus.at(ended, expression);
  }

  private static Answer over(String expression) {
    return prometheus.over(began, ended, expression);
  }
}
