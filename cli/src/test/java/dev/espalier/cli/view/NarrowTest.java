package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terminals of few columns, rates that stay comparable, and text that others have written. */
class NarrowTest {
  private static List<String> lines(int columns) {
    ExperimentView view = Examples.running();
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    forecast.observe(view, 0);
    forecast.observe(Examples.running(34), 10);
    forecast.observe(Examples.running(35), 20);
    return new LiveView(Style.plain(), columns, ZoneOffset.UTC)
        .lines(Examples.running(35), forecast, List.of(), null, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 66, 72, 80, 100})
  void keepsTheSeedAndTheTimeThatIsLeft(int columns) {
    List<String> lines = lines(columns);

    assertThat(lines)
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(columns));
    assertThat(lines.getFirst()).contains("seed 0").contains("te-nas-7f3k2m");
    assertThat(lines).anyMatch(line -> line.contains(" left"));
  }

  @Test
  void tellsARateInOneUnitAsLongAsThatCanBeRead() {
    assertThat(RateUnit.fitting(1.8).text(1.8)).isEqualTo("1.8/s");
    assertThat(RateUnit.fitting(1.8).holds(0.4)).isTrue();
    assertThat(RateUnit.fitting(0.4)).isEqualTo(RateUnit.MINUTE);
    assertThat(RateUnit.MINUTE.holds(3)).isTrue();
    assertThat(RateUnit.MINUTE.text(3)).isEqualTo("180.0/min");
    assertThat(RateUnit.SECOND.holds(0.001)).isFalse();
  }

  @Test
  void letsNoTextOfOthersMoveTheCursor() {
    assertThat(Plain.line("by ada\u001b[2J\u0007 and\ngrace\u202e"))
        .isEqualTo("by ada\ufffd[2J\ufffd and grace\ufffd");
    assertThat(Plain.line("größer 中 ⊕")).isEqualTo("größer 中 ⊕");
  }
}
