package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private static final String PAGE = "http://127.0.0.1:40123/#/experiments/te-nas-7f3k2m";

  private final LiveView live = new LiveView(Style.plain(), 80, ZoneOffset.UTC);

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void showsStagesProgressRateTimeLeftAndTheLastEvents() {
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    ExperimentView view = Examples.running();
    ForecastTest.observed(forecast, 3, 13, 23, 33); // 10 measurements every 5 s

    assertThat(text(live.lines(view, forecast, Examples.events(), PAGE, null)))
        .isEqualTo(
            """
            te-nas · nas-bench-201 · cifar10 · quick · seed 0                  te-nas-7f3k2m
            running · 1 min 15 s · 26 % done · 1 recovery

              ✓ prepare-data    0:00  reused
              ● prune           1:12  round 2 of 3 · 33 of 57 measurements · 1 recovery
                                      ━━━━━━━━━━━━╸───────────   53 % · 2.0/s · 0:31 left
              ○ evaluate
              ○ report

              10:00:01  Stage prepare-data was computed before: its result is reused
              10:00:01  Stage prune started
              10:00:31  A worker died; its work went on from the checkpoint of 4 s before
              10:00:42  Round 1 removed 0:skip_connect, 1:avg_pool_3x3, 2:nor_conv_1x1, 3:a…

              http://127.0.0.1:40123/#/experiments/te-nas-7f3k2m · Ctrl-C detaches
            """);
  }

  @Test
  void saysWhatKeepsItFromBeingUpToDate() {
    assertThat(
            live.lines(
                Examples.running(),
                new Forecast(MethodCard::roundsOf),
                List.of(),
                null,
                "No answer"))
        .containsSequence("  No answer", "  Ctrl-C detaches");
  }

  @Test
  void aFailedStageGivesItsReason() {
    assertThat(
            live.lines(
                Examples.needsAttention(),
                new Forecast(MethodCard::roundsOf),
                List.of(),
                null,
                null))
        .contains("  ✗ evaluate        0:04  failed · the disk is full");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    for (ExperimentView view :
        List.of(Examples.running(), Examples.needsAttention(), Examples.completed())) {
      assertThat(
              live.lines(
                  view,
                  new Forecast(MethodCard::roundsOf),
                  Examples.events(),
                  PAGE,
                  "x".repeat(200)))
          .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
    }
  }
}
