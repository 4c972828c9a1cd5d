package dev.espalier.search.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.pruning.Ranking.Ranked;
import dev.espalier.search.pruning.Ranking.Scored;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pruning a supernet")
class PruningRuleTest {
  private static final PruningState START = PruningState.start(NasBench201.SPACE.supernet(false));

  private static Effect effect(
      @Nullable Double with, @Nullable Double without, double regionsWith, double regionsWithout) {
    return new Effect(with, without, regionsWith, regionsWithout);
  }

  private static Map<Integer, List<Effect>> randomEffects(PruningState state, RandomStream stream) {
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (Candidate candidate : state.candidates()) {
      List<Effect> repeats = new ArrayList<>();
      for (int repeat = 0; repeat < 3; repeat++) {
        repeats.add(
            effect(
                20 + 50 * stream.nextDouble(),
                20 + 50 * stream.nextDouble(),
                2500 + stream.nextInt(500),
                2500 + stream.nextInt(500)));
      }
      effects.put(candidate.number(), repeats);
    }
    return effects;
  }

  @Test
  void asksForEveryOperatorOfEveryEdgeThatHasAChoice() {
    assertThat(START.candidates()).hasSize(24);
    assertThat(START.candidates().get(5)).isEqualTo(new Candidate(5, 1, "nor_conv_1x1"));
    PruningState uneven =
        new PruningState(
            OperatorMask.parse(
                "|none~0|+|skip_connect,avg_pool_3x3~0|none~1|+|none~0|none~1|none~2|"),
            2);
    assertThat(uneven.candidates())
        .containsExactly(new Candidate(0, 1, "skip_connect"), new Candidate(1, 1, "avg_pool_3x3"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void endsAfterThreeRoundsAnd54Candidates(long seed) {
    // specs/te-nas.md 1.6: 24 + 18 + 12 = 54 candidates.
    for (RankingMode mode : RankingMode.values()) {
      RandomStream stream = RandomStream.of(seed, "effects");
      PruningState state = START;
      int measured = 0;
      while (!state.finished()) {
        Map<Integer, List<Effect>> effects = randomEffects(state, stream);
        measured += effects.size();
        PruningRound round = new PruningRule(mode, 1).decide(state, effects);
        assertThat(round.removed()).hasSize(6).extracting(Candidate::edge).doesNotHaveDuplicates();
        state = round.after();
      }
      assertThat(measured).isEqualTo(54);
      assertThat(state.round()).isEqualTo(3);
      assertThat(state.candidates()).isEmpty();
      assertThat(state.mask().architecture().canonical()).doesNotContain("none");
    }
  }

  @ParameterizedTest(name = "{0} per edge")
  @ValueSource(ints = {1, 2, 3, 4})
  void takesSeveralOfAnEdgeButNeverTheLast(int prunePerEdge) {
    for (RankingMode mode : RankingMode.values()) {
      PruningState all = PruningState.start(NasBench201.SPACE.supernet(true));
      PruningRound round =
          new PruningRule(mode, prunePerEdge)
              .decide(all, randomEffects(all, RandomStream.of(1, "p")));
      assertThat(round.after().mask().size()).isEqualTo(6 * (5 - prunePerEdge));
    }
  }

  @Test
  void countsEveryEdgeForItselfInExactModeWhereTheReferenceLooksAtTheFirst() {
    PruningState uneven =
        new PruningState(
            OperatorMask.parse(
                "|none,skip_connect~0|+|none,skip_connect,nor_conv_1x1,nor_conv_3x3~0|none~1|+|none~0|none~1|none~2|"),
            0);
    Map<Integer, List<Effect>> effects = randomEffects(uneven, RandomStream.of(0, "uneven"));
    assertThat(new PruningRule(RankingMode.EXACT, 3).decide(uneven, effects).removed()).hasSize(4);
    assertThat(new PruningRule(RankingMode.REFERENCE, 3).decide(uneven, effects).removed())
        .hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(RankingMode.class)
  void removesFirstWhatLowersTheConditionNumberMostAndTheRegionsLeast(RankingMode mode) {
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (Candidate candidate : START.candidates()) {
      double gain =
          candidate.operator().equals("nor_conv_3x3")
              ? 30
              : Operator.parse(candidate.operator()).index();
      effects.put(candidate.number(), List.of(effect(50.0, 50 - gain, 2800, 2700 + gain)));
    }
    PruningRound round = new PruningRule(mode, 1).decide(START, effects);
    assertThat(round.removed()).extracting(Candidate::operator).containsOnly("nor_conv_3x3");
    assertThat(round.ranked().getFirst().rankSum()).isZero();
    assertThat(round.before()).isEqualTo(START);
  }

  @Test
  void ranksASingularCandidateLastAndGoesOn() {
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (Candidate candidate : START.candidates()) {
      boolean isSingular = candidate.operator().equals("skip_connect");
      // One singular repeat of three is enough; everything else would have it pruned first.
      effects.put(
          candidate.number(),
          List.of(
              effect(50.0, 40.0, 2800, 2800),
              effect(50.0, isSingular ? null : 40.0, 2800, 2800),
              effect(50.0, isSingular ? 1.0 : 40.0, 2800, 2800)));
    }
    PruningRound round = new PruningRule(RankingMode.EXACT, 1).decide(START, effects);
    assertThat(round.removed()).extracting(Candidate::operator).containsOnly("nor_conv_1x1");
    assertThat(round.ranked().subList(18, 24))
        .allSatisfy(last -> {
          assertThat(last.candidate().operator()).isEqualTo("skip_connect");
          assertThat(last.singular()).isTrue();
          assertThat(last.conditionDelta()).isNull();
          assertThat(last.conditionRank()).isEqualTo(1);
        });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void takesANumberThatIsNotFiniteForSingular(double condition) {
    List<Ranked<String>> ranked =
        new Ranking<String>(RankingMode.EXACT)
            .rank(
                List.of(
                    new Scored<>("bad with", List.of(effect(condition, 10.0, 10, 10))),
                    new Scored<>("bad without", List.of(effect(10.0, condition, 10, 10))),
                    new Scored<>("good", List.of(effect(10.0, 1e9, 10, 10)))));
    assertThat(ranked.getFirst().candidate()).isEqualTo("good");
    assertThat(ranked).extracting(Ranked::singular).containsExactly(false, true, true);
  }

  @Test
  void putsTheReferencesNumbersInPlaceOfWhatIsNotFinite() {
    // specs/te-nas.md 1.3: NaN -> 100000, inf -> the largest double.
    List<Ranked<String>> ranked =
        new Ranking<String>(RankingMode.REFERENCE)
            .rank(
                List.of(
                    new Scored<>("null", List.of(effect(50_000.0, null, 10, 10))),
                    new Scored<>(
                        "infinite", List.of(effect(Double.POSITIVE_INFINITY, 1.0, 10, 10)))));
    assertThat(ranked).extracting(Ranked::candidate).containsExactly("infinite", "null");
    assertThat(ranked).extracting(Ranked::conditionDelta).containsExactly(1.0, -1.0);
  }

  @Test
  void sharesRanksAmongEqualMeansAndBreaksTiesByCandidateOrderInExactMode() {
    List<Ranked<String>> ranked =
        new Ranking<String>(RankingMode.EXACT)
            .rank(
                List.of(
                    new Scored<>("a", List.of(effect(10.0, 9.0, 10, 10))),
                    new Scored<>("b", List.of(effect(10.0, 8.0, 10, 9))),
                    new Scored<>("c", List.of(effect(20.0, 18.0, 20, 20))),
                    new Scored<>("d", List.of(effect(10.0, 9.9999, 10, 10)))));
    assertThat(ranked).extracting(Ranked::candidate).containsExactly("a", "b", "c", "d");
    assertThat(ranked).extracting(Ranked::conditionRank).containsExactly(1, 0, 1, 2);
    assertThat(ranked).extracting(Ranked::regionRank).containsExactly(0, 1, 0, 0);
  }

  @Test
  void seesSmallDifferencesInExactModeThatTheReferenceRoundsAway() {
    List<Scored<String>> scored =
        List.of(
            new Scored<>("a", List.of(effect(10_000.0, 9_000.2, 10, 10))),
            new Scored<>("b", List.of(effect(10_000.0, 9_000.1, 10, 10))));
    assertThat(new Ranking<String>(RankingMode.EXACT).rank(scored).getFirst().candidate())
        .isEqualTo("b");
    assertThat(new Ranking<String>(RankingMode.REFERENCE).rank(scored).getFirst().candidate())
        .isEqualTo("a");
  }

  @Test
  void roundsHalfToEvenAsPythonDoes() {
    // Python: round(1/16, 3) = 0.062, round(3/16, 3) = 0.188; both are exact in binary.
    List<Scored<String>> scored =
        List.of(
            new Scored<>("a", List.of(effect(16.0, 15.0, 16, 13))),
            new Scored<>("b", List.of(effect(16.0, 13.0, 16, 15))));
    List<Ranked<String>> ranked = new Ranking<String>(RankingMode.REFERENCE).rank(scored);
    assertThat(ranked).extracting(Ranked::conditionDelta).containsExactlyInAnyOrder(0.062, 0.188);
    assertThat(ranked).extracting(Ranked::regionDelta).containsExactlyInAnyOrder(0.188, 0.062);
  }

  @Test
  void addsALittleBeforeItRoundsASortKeyInReferenceMode() {
    // specs/te-nas.md 1.6, step 3: 0.2125 + 1e-8 has the key 0.213, so that a and b sort alike and
    // a, the first, leads.
    List<Scored<String>> scored =
        List.of(
            new Scored<>("a", List.of(effect(1000.0, 788.0, 9, 9), effect(1000.0, 787.0, 9, 9))),
            new Scored<>("b", List.of(effect(1000.0, 787.0, 9, 9))),
            new Scored<>("zero", List.of(effect(1000.0, 1000.0, 9, 9))),
            new Scored<>("below", List.of(effect(1000.0, 1010.0, 9, 9))));
    List<Ranked<String>> ranked = new Ranking<String>(RankingMode.REFERENCE).rank(scored);
    assertThat(ranked).extracting(Ranked::candidate).containsExactly("a", "b", "zero", "below");
    assertThat(ranked).extracting(Ranked::conditionRank).containsExactly(0, 1, 2, 3);
  }

  @Test
  void stopsOnNetworksWithoutAnyRegion() {
    List<Scored<String>> scored = List.of(new Scored<>("a", List.of(effect(1.0, 1.0, 0, 5))));
    for (RankingMode mode : RankingMode.values()) {
      assertThatThrownBy(() -> new Ranking<String>(mode).rank(scored)).isInstanceOf(Diverged.class);
    }
  }

  @Test
  void refusesARoundWithAMeasurementMissing() {
    Map<Integer, List<Effect>> effects = randomEffects(START, RandomStream.of(0, "missing"));
    effects.remove(7);
    PruningRule rule = new PruningRule(RankingMode.EXACT, 1);
    assertThatThrownBy(() -> rule.decide(START, effects))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("candidate 7 was not measured");
    PruningState end = new PruningState(Cell.ofIndex(0).mask(), 3);
    assertThatThrownBy(() -> rule.decide(end, Map.of())).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new PruningRule(RankingMode.EXACT, 0))
        .isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void comesBackEqualFromJson(long seed) {
    PruningRound round =
        new PruningRule(RankingMode.EXACT, 1)
            .decide(START, randomEffects(START, RandomStream.of(seed, "json")));
    assertThat(Json.read(Json.write(round), PruningRound.class)).isEqualTo(round);
    assertThat(Json.write(START))
        .startsWith("{\"mask\":\"|skip_connect,nor_conv_1x1,nor_conv_3x3,avg_pool_3x3~0|+|")
        .endsWith("\"round\":0}");
    Effect singular = effect(null, 1.0, 2, 3);
    assertThat(Json.read(Json.write(singular), Effect.class)).isEqualTo(singular);
  }
}
