package dev.espalier.activities.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.unit.Standstill.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final Stillness LIMITS = new Stillness(Duration.ofMinutes(30), 20, 4);

  private final Standstill.Pace pace = new Standstill.Pace();
  private long nanos;

  private Standstill standstill() {
    return new Standstill(LIMITS, pace, "prune", () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void alarms_once_after_half_an_hour_and_ends_after_four_times_that() {
    Standstill standstill = standstill();
    standstill.step();
    pass(Duration.ofMinutes(29));
    assertThat(standstill.look()).isEqualTo(Finding.NOTHING);
    pass(Duration.ofMinutes(2));
    assertThat(standstill.look()).isEqualTo(Finding.ALARM);
    assertThat(standstill.look()).isEqualTo(Finding.NOTHING);
    pass(Duration.ofMinutes(88));
    assertThat(standstill.look()).isEqualTo(Finding.NOTHING);
    pass(Duration.ofMinutes(2));
    assertThat(standstill.look()).isEqualTo(Finding.END);
  }

  @Test
  void bears_twenty_times_the_longest_step_that_any_unit_of_the_stage_has_taken() {
    Standstill before = standstill();
    pass(Duration.ofMinutes(10));
    before.step();
    Standstill standstill = standstill();
    pass(Duration.ofMinutes(199));
    assertThat(standstill.look()).isEqualTo(Finding.NOTHING);
    pass(Duration.ofMinutes(2));
    assertThat(standstill.look()).isEqualTo(Finding.ALARM);
  }

  @Test
  void alarms_again_after_a_step() {
    Standstill standstill = standstill();
    pass(Duration.ofMinutes(31));
    assertThat(standstill.look()).isEqualTo(Finding.ALARM);
    standstill.step();
    assertThat(standstill.look()).isEqualTo(Finding.NOTHING);
    pass(Duration.ofMinutes(31 * 20 + 1));
    assertThat(standstill.look()).isEqualTo(Finding.ALARM);
  }
}
