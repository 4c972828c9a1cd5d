package dev.espalier.store.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CommandPolicyTest {
  @Test
  void commands_are_run_where_nobody_forbids_it_and_launched_where_only_this_machine_asks() {
    assertThat(CommandPolicy.workerRuns(Map.of(), "")).isTrue();
    assertThat(CommandPolicy.workerRuns(Map.of(), "off")).isFalse();
    assertThat(CommandPolicy.workerRuns(Map.of("ESPALIER_COMMANDS", "off"), "")).isFalse();
    assertThat(CommandPolicy.launches(Map.of(), true)).isTrue();
    assertThat(CommandPolicy.launches(Map.of("ESPALIER_COMMANDS", "off"), true)).isFalse();
    assertThat(CommandPolicy.launches(Map.of(), false)).isFalse();
    assertThat(CommandPolicy.launches(Map.of("ESPALIER_COMMANDS", "on"), false)).isTrue();
  }
}
