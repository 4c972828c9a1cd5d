package dev.espalier.workflows.method.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.Genome;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Random architectures of the winner's cost")
class EqualCostTest {
  private static final String WINNER = "sep5|skip+dil3|sep3+dil5|skip+sep5|sep3";
  private static final int CLASSES = 10;

  /** Separable convolutions are slow here, whatever they multiply. */
  private static final String TIMES =
      "[%s]".formatted(String.join(",", Collections.nCopies(5, "[0.1,3,3,3,0.1,0.1]")));

  private static EvolutionSpecification specification(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    all.put("trainFinal.randomArchitectures", "40");
    all.put("budget.latencyTable", TIMES);
    return EvolutionSpecification.preset("quick", all);
  }

  private static double cost(
      EvolutionSpecification specification, String architecture, String name) {
    BitSpace space = specification.bitSpace(CLASSES);
    Genome genome = space.genome(specification.searchSpace().parse(architecture));
    return space.cost(name).of(genome);
  }

  private static Set<String> drawn(EvolutionSpecification specification) {
    long parameters = Math.round(cost(specification, WINNER, "parameters"));
    return EqualCost.architectures(
        new EvolveResult(WINNER, 0.6, 1, parameters, null, List.of(), List.of(), null),
        specification);
  }

  @ParameterizedTest
  @CsvSource({
    "budget.macs, macs, 0",
    "budget.parameters, parameters, 5000",
    "budget.latency, latency, 0.5"
  })
  void keepTheLimitsThatTheWinnerKeeps(String path, String cost, double room) {
    double most = cost(specification(Map.of()), WINNER, cost) + room;
    EvolutionSpecification free = specification(Map.of());
    EvolutionSpecification limited = specification(Map.of(path, Double.toString(most)));

    assertThat(drawn(free))
        .as("without the limit some are above it, so that the limit has something to do")
        .anyMatch(each -> cost(free, each, cost) > most);
    assertThat(drawn(limited)).allMatch(each -> cost(limited, each, cost) <= most);
  }

  @Test
  void areDifferentAndWithinTheTolerance() {
    EvolutionSpecification specification = specification(Map.of());
    double macs = cost(specification, WINNER, "macs");

    assertThat(drawn(specification))
        .hasSize(41)
        .startsWith(WINNER)
        .allMatch(each -> Math.abs(cost(specification, each, "macs") - macs) <= 0.1 * macs);
  }

  @Test
  void saysWhatToDoWhereThereAreTooFew() {
    assertThatThrownBy(() -> drawn(specification(Map.of("budget.latency", "0.6"))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("trainFinal.randomArchitectures wants 40")
        .hasMessageContaining("all stages before are reused");
  }
}
