package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.SuccessiveHalving.Rung;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Successive halving")
class SuccessiveHalvingTest {
  private static final SuccessiveHalving PLAN =
      new SuccessiveHalving(List.of(new Rung(5, 0.5), new Rung(20, 0.34), new Rung(60, 1)));

  @Test
  void letsTheBestGoOnAndEqualOnesInTheOrderOfTheirNames() {
    assertThat(PLAN.survivors(0, Map.of("d", 0.5, "a", 0.4, "c", 0.5, "b", 0.5, "e", 0.1)))
        .containsExactly("b", "c");
    assertThat(PLAN.survivors(2, Map.of("d", 0.5, "a", 0.6))).containsExactly("a", "d");
  }

  @Test
  void keepsOneAtLeastButNoneThatFailed() {
    assertThat(PLAN.survivors(1, Map.of("a", 0.1, "b", 0.2))).containsExactly("b");
    assertThat(PLAN.survivors(0, Map.of("a", Double.NaN, "b", 0.2, "c", Double.NaN, "d", 0.1)))
        .containsExactly("b", "d");
    assertThat(PLAN.survivors(0, Map.of("a", Double.NaN))).isEmpty();
    assertThat(PLAN.survivors(0, Map.of())).isEmpty();
  }

  @Test
  void takesSharesAsTheyAreWritten() {
    SuccessiveHalving plan = new SuccessiveHalving(List.of(new Rung(1, 0.29), new Rung(2, 1)));
    Map<String, Double> accuracies = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      accuracies.put("%03d".formatted(i), i / 100.0);
    }
    assertThat(plan.survivors(0, accuracies)).hasSize(29).startsWith("099", "098");
  }

  @Test
  void knowsItsEpochs() {
    assertThat(PLAN.counts(100)).containsExactly(100, 50, 17);
    assertThat(PLAN.counts(0)).containsOnly(0);
    assertThat(PLAN.furtherEpochs()).containsExactly(5, 15, 40);
  }

  @Test
  void isJson() {
    assertThat(Json.read(Json.write(PLAN), SuccessiveHalving.class)).isEqualTo(PLAN);
  }

  @Test
  void refusesPlansThatMakeNoSense() {
    assertThatThrownBy(() -> new SuccessiveHalving(List.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least one rung");
    assertThatThrownBy(() -> new SuccessiveHalving(List.of(new Rung(5, 0), new Rung(5, 1.5))))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.contains("5 epochs follow 5")));
    assertThatThrownBy(() -> new SuccessiveHalving(List.of(new Rung(5, 0.5))))
        .hasMessageContaining("the last rung must keep all");
  }
}
