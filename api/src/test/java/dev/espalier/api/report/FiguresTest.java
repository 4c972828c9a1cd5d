package dev.espalier.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.4;0.4 s",
        "59.94;59.9 s",
        "59.96;1 min 00 s",
        "192;3 min 12 s",
        "3599.6;1 h 00 min",
        "7500;2 h 05 min"
      })
  void durationsChangeUnitWithoutEverShowingSixty(double seconds, String text) {
    assertThat(Figures.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"9999;9,999", "73306;73.3 k", "999499;999 k", "999500;1.00 M", "1073466;1.07 M"})
  void largeCountsKeepThreeFigures(long value, String text) {
    assertThat(Figures.large(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0.03456;0.035", "3.4;3.40", "34.21;34.2", "2210;2,210", "1797000000;1.80e+09"})
  void significantFiguresFollowTheSize(double value, String text) {
    assertThat(Figures.significant(value)).isEqualTo(text);
  }

  @Test
  void clocksCountInMinutesUntilAnHourHasPassed() {
    assertThat(Figures.clock(7)).isEqualTo("0:07");
    assertThat(Figures.clock(760)).isEqualTo("12:40");
    assertThat(Figures.clock(3760)).isEqualTo("1:02:40");
    assertThat(Figures.clock(-3)).isEqualTo("0:00");
  }
}
