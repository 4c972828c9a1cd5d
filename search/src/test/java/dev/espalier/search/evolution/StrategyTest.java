package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes each strategy what it is. */
@DisplayName("A strategy")
class StrategyTest {
  private static EvolutionRun run(Strategy strategy, int evaluations, long seed) {
    return EvolutionRun.create(
        strategy,
        new EvolutionSettings(20, 10, 0.1, evaluations, List.of("accuracy")),
        TestSpaces.PUBLISHED,
        CostLimits.macs(15_000_000),
        seed,
        "test");
  }

  private static List<Scored> bestTen(EvolutionRun run) {
    return run.scored().stream()
        .sorted(
            Comparator.comparingDouble(Scored::accuracy).reversed().thenComparing(Scored::genome))
        .limit(10)
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void geneticKeepsTheBestOfAllAsParents(long seed) {
    EvolutionRun run = run(Strategy.GENETIC, 400, seed);
    while (!run.finished()) {
      TestSpaces.tell(run, seed);
      assertThat(run.state().population()).isEqualTo(bestTen(run));
    }
    assertThat(run.history()).hasSize(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void geneticMakesHalfTheChildrenByCrossoverAndHalfByMutation(long seed) {
    EvolutionRun run = run(Strategy.GENETIC, 400, seed);
    TestSpaces.tell(run, seed);
    List<Genome> parents = run.state().population().stream().map(Scored::genome).toList();
    List<Genome> children = run.proposals();
    assertThat(children).hasSize(20);
    assertThat(children.subList(0, 10))
        .allMatch(child -> isCrossover(child, parents), "crossover of two parents");
    // A mutation draws 3 of 30 bits anew on average; a stranger differs in about 15, and from the
    // nearest of ten in about 11.
    double sum = 0;
    for (Genome child : children.subList(10, 20)) {
      sum += parents.stream().mapToInt(child::distance).min().orElseThrow();
    }
    assertThat(sum / 10).as("mean distance to the nearest parent").isBetween(1.0, 4.0);
  }

  private static boolean isCrossover(Genome child, List<Genome> parents) {
    for (Genome a : parents) {
      for (Genome b : parents) {
        if (IntStream.range(0, 30).anyMatch(point -> a.crossed(b, point).equals(child))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void geneticGoesOnWithOneParent() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.GENETIC,
            new EvolutionSettings(3, 1, 0.1, 40, List.of("accuracy")),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            0,
            "test");
    assertThat(TestSpaces.finish(run, 0).scored()).hasSize(40);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void regularizedLetsTheOldestDieHoweverGood(long seed) {
    EvolutionRun run = run(Strategy.REGULARIZED, 60, seed);
    TestSpaces.tell(run, seed);
    List<Scored> queue = run.state().population();
    assertThat(queue).isEqualTo(run.scored());
    List<Genome> children = run.proposals();
    TestSpaces.tell(run, seed);
    List<Genome> expected = new ArrayList<>();
    queue.forEach(one -> expected.add(one.genome()));
    expected.addAll(children);
    assertThat(run.state().population())
        .extracting(Scored::genome)
        .containsExactlyElementsOf(expected.subList(children.size(), expected.size()))
        .hasSize(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void regularizedChangesOneChoiceOfAGoodParent(long seed) {
    EvolutionRun run = run(Strategy.REGULARIZED, 60, seed);
    TestSpaces.tell(run, seed);
    List<Scored> queue = run.state().population();
    double median =
        queue.stream().mapToDouble(Scored::accuracy).sorted().skip(9).findFirst().orElseThrow();
    assertThat(run.proposals()).hasSize(5);
    // The best of ten drawn is below the median once in 2^10.
    assertThat(run.proposals())
        .allMatch(child ->
            queue.stream()
                .anyMatch(one -> one.accuracy() >= median && one.genome().distance(child) == 1));
  }

  @Test
  void localClimbsToTheTopAndBeginsAnew() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.LOCAL,
            EvolutionSettings.PUBLISHED.withEvaluations(2_000),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            0,
            "test");
    assertThat(run.proposals()).hasSize(1);
    Genome start = run.proposals().getFirst();
    int zeros = (int) start.bits().chars().filter(bit -> bit == '0').count();
    for (int step = 0; step <= zeros; step++) {
      // One more operation is better: all 30 neighbours are scored, less the known and illegal.
      ones(run);
      assertThat(run.state().population().getFirst().accuracy()).isEqualTo(30 - zeros + step);
    }
    assertThat(run.best().orElseThrow().genome()).isEqualTo(new Genome("1".repeat(30)));
    ones(run);
    assertThat(run.state().population()).as("at the top").isEmpty();
    assertThat(run.proposals()).as("a new start").hasSize(1);
    assertThat(run.proposals().getFirst().distance(new Genome("1".repeat(30)))).isGreaterThan(5);
  }

  private static void ones(EvolutionRun run) {
    run.told(
        run.proposals().stream()
            .mapToDouble(genome -> genome.bits().chars().filter(bit -> bit == '1').count())
            .toArray());
  }

  @Test
  void randomDrawsUniformly() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.RANDOM,
            EvolutionSettings.PUBLISHED.withEvaluations(3_000),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            0,
            "test");
    TestSpaces.finish(run, 0);
    for (int bit = 0; bit < 30; bit++) {
      int its = bit;
      long set = run.scored().stream().filter(scored -> scored.genome().bit(its)).count();
      // 32 of 63 selections have it; deviation 27.
      assertThat(set).as("bit %d", bit).isBetween(1_524L - 120, 1_524L + 120);
    }
  }

  @Test
  void withTwoObjectivesGeneticKeepsBothEndsOfTheTradeOff() {
    EvolutionRun run =
        EvolutionRun.create(
            Strategy.GENETIC,
            new EvolutionSettings(20, 10, 0.1, 600, List.of("accuracy", "macs")),
            TestSpaces.PUBLISHED,
            CostLimits.NONE,
            0,
            "test");
    CostTable macs = TestSpaces.PUBLISHED.costs().getFirst();
    while (!run.finished()) {
      TestSpaces.tell(run, 0);
      List<ParetoFront.Point<Genome>> front = run.front(List.of("macs"));
      List<Genome> parents = run.state().population().stream().map(Scored::genome).toList();
      assertThat(parents).contains(front.getLast().what());
      assertThat(parents.stream().mapToDouble(macs::of).min().orElseThrow())
          .isEqualTo(front.getFirst().costs().getFirst());
    }
  }
}
