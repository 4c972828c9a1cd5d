package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.parallel.ParallelBitSpace;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all strategies promise. */
@DisplayName("A search under way")
class EvolutionRunTest {
  private static final String SEEDS = "dev.espalier.search.evolution.TestSpaces#strategiesAndSeeds";
  private static final double MACS = 11_500_000;
  private static final CostLimits LIMITS =
      CostLimits.macs(MACS).and(CostTable.PARAMETERS, 680_000).and("latencyMillis", 3.1);

  /** A budget that no number of whole generations spends. */
  private static final EvolutionSettings SETTINGS =
      new EvolutionSettings(6, 3, 0.1, 29, List.of("accuracy"));

  private static EvolutionRun run(Strategy strategy, long seed) {
    return EvolutionRun.create(strategy, SETTINGS, TestSpaces.PUBLISHED, LIMITS, seed, "test");
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void spendsItsBudgetExactlyAndScoresNothingTwice(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      EvolutionRun run = run(strategy, seed);
      Set<Genome> all = new HashSet<>();
      int asked = 0;
      while (!run.finished()) {
        assertThat(run.proposals()).as("%s, seed %d", strategy, seed).isNotEmpty();
        asked += run.proposals().size();
        all.addAll(run.proposals());
        TestSpaces.tell(run, seed);
        assertThat(run.state().evaluations()).isEqualTo(asked);
      }
      assertThat(asked).as("%s, seed %d", strategy, seed).isEqualTo(29);
      assertThat(all).as("%s, seed %d", strategy, seed).hasSize(29);
      assertThat(run.proposals()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void keepsEveryLimitAndLeavesNoLayerEmpty(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      for (Scored scored : TestSpaces.finish(run(strategy, seed), seed).scored()) {
        Genome genome = scored.genome();
        assertThat(ParallelSpace.PUBLISHED.isLegal(genome.toBooleans()))
            .as("%s, seed %d: %s", strategy, seed, genome)
            .isTrue();
        LIMITS
            .most()
            .forEach((name, limit) -> {
              double cost = TestSpaces.PUBLISHED.cost(name).of(genome);
              if (cost > limit) {
                throw new AssertionError("%s: %s is %s".formatted(genome, name, cost));
              }
            });
      }
    }
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void neverForgetsTheBest(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      EvolutionRun run = run(strategy, seed);
      double best = Double.NEGATIVE_INFINITY;
      while (!run.finished()) {
        TestSpaces.tell(run, seed);
        double highest = run.scored().stream().mapToDouble(Scored::accuracy).max().orElseThrow();
        assertThat(run.best().orElseThrow().accuracy())
            .as("%s, seed %d", strategy, seed)
            .isEqualTo(highest)
            .isGreaterThanOrEqualTo(best);
        assertThat(run.history().getLast().best()).isEqualTo(highest);
        best = highest;
      }
    }
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void hasOneAnswerWithOrWithoutCheckpoints(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      EvolutionRun whole = TestSpaces.finish(run(strategy, seed), seed);
      int at = 1 + seed % whole.history().size();
      EvolutionRun cut = run(strategy, seed);
      while (!cut.finished()) {
        TestSpaces.tell(cut, seed);
        if (cut.history().size() == at || seed < 3) {
          cut = EvolutionRun.restore(TestSpaces.PUBLISHED, cut.checkpoint());
        }
      }
      assertThat(cut.scored()).as("%s, seed %d", strategy, seed).isEqualTo(whole.scored());
      assertThat(cut.history()).as("%s, seed %d", strategy, seed).isEqualTo(whole.history());
      assertThat(cut.best()).as("%s, seed %d", strategy, seed).isEqualTo(whole.best());
      assertThat(cut.checkpoint()).isEqualTo(whole.checkpoint());
    }
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void hasAStateThatIsExactInJson(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      EvolutionState state = TestSpaces.finish(run(strategy, seed), seed).state();
      assertThat(Json.read(CanonicalJson.of(state), EvolutionState.class))
          .as("%s, seed %d", strategy, seed)
          .isEqualTo(state);
    }
  }

  @ParameterizedTest(name = "{0}, seeds from {1}")
  @MethodSource(SEEDS)
  void startsDiverse(Strategy strategy, int first) {
    for (int seed = first; seed < first + 100; seed++) {
      EvolutionRun run =
          EvolutionRun.create(
              strategy,
              new EvolutionSettings(20, 10, 0.1, 20, List.of("accuracy")),
              TestSpaces.PUBLISHED,
              CostLimits.macs(15_000_000),
              seed,
              "test");
      List<Genome> start = run.proposals();
      double sum = 0;
      for (Genome a : start) {
        for (Genome b : start) {
          sum += a.distance(b);
        }
      }
      if (strategy != Strategy.LOCAL) { // which starts with one
        // Uniform ones differ in half their 30 bits.
        assertThat(sum / (20 * 19))
            .as("%s, seed %d: mean distance", strategy, seed)
            .isBetween(13.0, 17.0);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givesTheSameSearchForever(Strategy strategy) {
    // Written down once by this program: results are compared over machines and years.
    String digest = Digest.of(TestSpaces.finish(run(strategy, 0), 0).scored());
    assertThat(digest.substring(0, 16))
        .isEqualTo(
            switch (strategy) {
              case GENETIC -> "5debfe415d29782c";
              case REGULARIZED -> "507f3fecc4d12428";
              case LOCAL -> "89fd1fae7f3c5efe";
              case RANDOM -> "ba3764590b715cf7";
            });
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void dependsOnSeedAndStream(Strategy strategy) {
    List<Genome> proposals = run(strategy, 1).proposals();
    assertThat(run(strategy, 2).proposals()).isNotEqualTo(proposals);
    assertThat(
            EvolutionRun.create(strategy, SETTINGS, TestSpaces.PUBLISHED, LIMITS, 1, "another test")
                .proposals())
        .isNotEqualTo(proposals);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void scoresAllThereAreWhenTheyAreFewerThanTheBudget(Strategy strategy) {
    EvolutionRun run =
        EvolutionRun.create(
            strategy, EvolutionSettings.PUBLISHED, TestSpaces.SMALL, CostLimits.NONE, 0, "test");
    assertThat(run.budget()).isEqualTo(49);
    TestSpaces.finish(run, 3);
    assertThat(run.scored()).extracting(Scored::genome).doesNotHaveDuplicates().hasSize(49);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void findsTheOnlyArchitectureOfTheTightestLimit(Strategy strategy) {
    // The fixed part, and the cheapest operation of every layer: skip, skip, skip, skip, skip (MACs
    // 0, 131,072, 81,920, 51,200, 409,600 of golden/gnn_evolution/macs.json).
    double least = 6_995_968 + 131_072 + 81_920 + 51_200 + 409_600;
    EvolutionRun run =
        EvolutionRun.create(
            strategy,
            EvolutionSettings.PUBLISHED,
            TestSpaces.PUBLISHED,
            CostLimits.macs(least),
            0,
            "test");
    TestSpaces.finish(run, 0);
    assertThat(run.scored())
        .extracting(scored -> TestSpaces.PUBLISHED.architecture(scored.genome()).canonical())
        .containsExactly("skip|skip|skip|skip|skip");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Strategy.class,
      names = {"RANDOM"},
      mode = EnumSource.Mode.EXCLUDE)
  void findsBetterArchitecturesThanChance(Strategy strategy) {
    EvolutionSettings settings = SETTINGS.withEvaluations(400);
    int better = 0;
    for (int seed = 0; seed < 20; seed++) {
      double found = best(strategy, settings, seed);
      better += found > best(Strategy.RANDOM, settings, seed) ? 1 : 0;
    }
    assertThat(better).as("of 20 searches").isGreaterThanOrEqualTo(18);
  }

  private static double best(Strategy strategy, EvolutionSettings settings, long seed) {
    return TestSpaces.finish(
            EvolutionRun.create(strategy, settings, TestSpaces.PUBLISHED, LIMITS, seed, "test"),
            seed)
        .best()
        .orElseThrow()
        .accuracy();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Strategy.class,
      names = {"GENETIC", "REGULARIZED"})
  void coversMoreOfATradeOffThanChance(Strategy strategy) {
    int better = 0;
    for (int seed = 0; seed < 20; seed++) {
      better += area(strategy, seed) > area(Strategy.RANDOM, seed) ? 1 : 0;
    }
    assertThat(better).as("of 20 searches").isGreaterThanOrEqualTo(16);
  }

  /** The area in the plane of MACs and accuracy that the front dominates, up to 17 million MACs. */
  private static double area(Strategy strategy, long seed) {
    EvolutionRun run =
        EvolutionRun.create(
            strategy,
            new EvolutionSettings(20, 10, 0.1, 600, List.of("accuracy", "macs")),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            seed,
            "test");
    List<ParetoFront.Point<Genome>> front = TestSpaces.finish(run, seed).front(List.of("macs"));
    double area = 0;
    for (int i = 0; i < front.size(); i++) {
      double next = i + 1 < front.size() ? front.get(i + 1).costs().getFirst() : 17e6;
      area += (next - front.get(i).costs().getFirst()) * (front.get(i).accuracy() - 0.4);
    }
    return area;
  }

  @Test
  void tellsItsHistory() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.RANDOM,
            new EvolutionSettings(2, 1, 0.1, 3, List.of("accuracy")),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            0,
            "test");
    assertThat(run.best()).isEmpty();
    run.told(0.25, 0.75);
    run.told(0.5);
    assertThat(run.history())
        .containsExactly(new Generation(0, 2, 0.75, 0.5), new Generation(1, 3, 0.75, 0.5));
  }

  @Test
  void breaksTiesInGenomeOrder() {
    EvolutionRun run = run(Strategy.GENETIC, 0);
    List<Genome> proposals = run.proposals();
    run.told(new double[6]);
    assertThat(run.best().orElseThrow().genome())
        .isEqualTo(proposals.stream().min(Comparator.naturalOrder()).orElseThrow());
  }

  @Test
  void fitsACheckpointOfAllPublishedGenerationsIntoHalfAMegabyte() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.GENETIC,
            EvolutionSettings.PUBLISHED,
            TestSpaces.PUBLISHED,
            CostLimits.macs(15_000_000),
            0,
            "test");
    while (!run.finished()) {
      run.told(
          run.proposals().stream()
              .mapToDouble(genome -> genome.bits().hashCode() / 1e10)
              .toArray());
    }
    assertThat(run.history()).hasSize(1_000);
    assertThat(run.checkpoint()).hasSizeBetween(300_000, 500_000);
    assertThat(EvolutionRun.restore(TestSpaces.PUBLISHED, run.checkpoint()).scored())
        .isEqualTo(run.scored());
  }

  @Test
  void refusesScoresThatAreNone() {
    EvolutionRun run = run(Strategy.RANDOM, 0);
    assertThatThrownBy(() -> run.told(0.5))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("6 architectures were proposed, but 1 scores");
    double[] scores = new double[6];
    scores[2] = Double.NaN;
    List<Genome> proposals = run.proposals();
    assertThatThrownBy(() -> run.told(scores))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(TestSpaces.PUBLISHED.architecture(proposals.get(2)).canonical())
        .hasMessageContaining("NaN");
    assertThat(run.scored()).isEmpty();
    assertThat(run.proposals()).isEqualTo(proposals);
  }

  @ParameterizedTest(name = "{0} <= {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "macs; 5000000; no architecture of parallel-ops has macs of at most 5,000,000: the smallest has 7,669,760",
        "latencyMillis; 0.9; the smallest has 0.928",
        "mac; 5000000; Did you mean macs?",
        "macs; NaN; leave it out",
        "macs; Infinity; leave it out"
      })
  void saysWhyALimitCannotBeKept(String cost, double limit, String message) {
    assertThatThrownBy(() ->
            EvolutionRun.create(
                Strategy.GENETIC,
                SETTINGS,
                TestSpaces.PUBLISHED,
                CostLimits.NONE.and(cost, limit),
                0,
                "test"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void acceptsTheSmallestValueThatItNames() {
    CostTable latency = TestSpaces.PUBLISHED.costs().getLast();
    double least = latency.of(new Genome("100000".repeat(5)));
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.RANDOM,
            SETTINGS,
            TestSpaces.PUBLISHED,
            CostLimits.NONE.and("latencyMillis", least),
            0,
            "test");
    assertThat(run.budget()).isEqualTo(1);
  }

  @Test
  void saysWhenLimitsExcludeEachOther() {
    // The first layer: skip has the fewest MACs; the second table makes everything but sep7 dear.
    List<List<Double>> parts = new ArrayList<>();
    for (int layer = 0; layer < 5; layer++) {
      parts.add(List.of(9.0, 9.0, 9.0, 1.0, 9.0, 9.0));
    }
    ParallelBitSpace space =
        new ParallelBitSpace(
            TestSpaces.PUBLISHED.space(),
            List.of(TestSpaces.PUBLISHED.costs().getFirst(), new CostTable("price", 0, parts)));
    assertThatThrownBy(() ->
            EvolutionRun.create(
                Strategy.GENETIC,
                SETTINGS,
                space,
                CostLimits.macs(8_000_000).and("price", 5),
                0,
                "test"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("keeps all limits together");
  }

  @Test
  void refusesSettingsAllAtOnce() {
    assertThatThrownBy(() -> new EvolutionSettings(0, 3, 0, 0, List.of("macs")))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.problems()).hasSize(5));
    assertThatThrownBy(() ->
            EvolutionRun.create(
                Strategy.GENETIC,
                new EvolutionSettings(6, 3, 0.1, 29, List.of("accuracy", "latency")),
                TestSpaces.PUBLISHED,
                CostLimits.NONE,
                0,
                "test"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("unknown cost \"latency\"");
    assertThatThrownBy(() -> Strategy.labelled("genetik"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Did you mean genetic?");
  }

  @Test
  void refusesTheCheckpointOfAnotherSearch() {
    EvolutionRun run = run(Strategy.GENETIC, 0);
    TestSpaces.tell(run, 0);
    byte[] checkpoint = run.checkpoint();
    ParallelBitSpace otherCosts =
        new ParallelBitSpace(
            TestSpaces.PUBLISHED.space(), TestSpaces.PUBLISHED.costs().subList(0, 2));
    assertThatThrownBy(() -> EvolutionRun.restore(otherCosts, checkpoint))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("one with other costs");
    String text = new String(checkpoint, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> restore(text.replace("\"version\":1", "\"version\":2")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("version 2");
    String log = Json.read(text, JsonNode.class).get("log").asText();
    assertThatThrownBy(() -> restore(text.replace(log, log.substring(0, log.length() - 4))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() ->
            EvolutionRun.restore(
                TestSpaces.PUBLISHED, Arrays.copyOf(checkpoint, checkpoint.length / 2)))
        .isInstanceOf(InvalidInput.class);
  }

  private static EvolutionRun restore(String checkpoint) {
    return EvolutionRun.restore(TestSpaces.PUBLISHED, checkpoint.getBytes(StandardCharsets.UTF_8));
  }
}
