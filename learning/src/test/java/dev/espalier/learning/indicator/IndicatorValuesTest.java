package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What indicators say of several architectures. */
class IndicatorValuesTest {
  /** Says who was asked for, which no two questions share. */
  private static final ArchitectureIndicators ASKED =
      new ArchitectureIndicators() {
        @Override
        public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
          int of = indicator == Indicator.NTK ? 0 : 10;
          return 100.0 * ((Cell) architecture).index() + of + seed;
        }

        @Override
        public void close() {}
      };

  @Test
  void areByIndicatorThenArchitectureThenSeed() {
    List<Integer> told = new ArrayList<>();
    Map<Indicator, List<List<@Nullable Double>>> values =
        IndicatorValues.of(
            ASKED,
            List.of(Cell.ofIndex(3), Cell.ofIndex(5)),
            Set.of(Indicator.REGIONS, Indicator.NTK),
            List.of(0L, 7L),
            () -> told.add(told.size()));

    assertThat(values)
        .containsOnly(
            Map.entry(Indicator.NTK, List.of(List.of(300.0, 307.0), List.of(500.0, 507.0))),
            Map.entry(Indicator.REGIONS, List.of(List.of(310.0, 317.0), List.of(510.0, 517.0))));
    assertThat(told).as("after each architecture, for each seed").hasSize(4);
  }

  @Test
  void stand1WhereBestAndShareTheirMeanWhereTied() {
    assertThat(IndicatorValues.standings(Indicator.NTK, Arrays.asList(5.0, null, 2.0, 5.0)))
        .containsExactly(0.625, 0.25, 1, 0.625);
    assertThat(IndicatorValues.standings(Indicator.NASWOT, List.of(5.0, 2.0)))
        .containsExactly(1, 0.5);
  }
}
