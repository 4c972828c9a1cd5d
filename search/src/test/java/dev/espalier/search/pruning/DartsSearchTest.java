package dev.espalier.search.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pruning the DARTS supernet")
class DartsSearchTest {
  private static final int CELL_EDGES = 14;

  private static JsonNode table(int index) throws IOException {
    return Json.read(
            Files.readString(SharedData.file("golden/tenas/pruning_tables.json")), JsonNode.class)
        .get("darts")
        .get(index);
  }

  private static DartsMask mask(JsonNode cells) {
    List<Set<DartsOperator>> active = new ArrayList<>();
    for (JsonNode cell : cells) {
      for (JsonNode edge : cell) {
        Set<DartsOperator> operators = EnumSet.noneOf(DartsOperator.class);
        for (DartsOperator operator : DartsOperator.ALL) {
          if (edge.get(operator.index()).asInt() == 1) {
            operators.add(operator);
          }
        }
        active.add(operators);
      }
    }
    return new DartsMask(active);
  }

  /** The measured effects by {@code edge/operator}. */
  private static Map<String, List<Effect>> measured(JsonNode table) {
    Map<String, List<Effect>> effects = new HashMap<>();
    for (JsonNode candidate : table.get("candidates")) {
      List<Effect> repeats = new ArrayList<>();
      for (int repeat = 0; repeat < candidate.get("ntk").size(); repeat++) {
        JsonNode ntk = candidate.get("ntk").get(repeat);
        JsonNode regions = candidate.get("lr").get(repeat);
        repeats.add(
            new Effect(
                ntk.get(0).doubleValue(),
                ntk.get(1).doubleValue(),
                regions.get(0).doubleValue(),
                regions.get(1).doubleValue()));
      }
      effects.put(key(candidate.get("cell"), candidate.get("edge"), candidate.get("op")), repeats);
    }
    return effects;
  }

  private static String key(JsonNode cell, JsonNode edge, JsonNode operator) {
    return key(
        cell.asInt() * CELL_EDGES + edge.asInt(), DartsOperator.ALL.get(operator.asInt()).label());
  }

  private static String key(int edge, String operator) {
    return edge + "/" + operator;
  }

  private static List<String> keys(JsonNode triples) {
    return triples.valueStream().map(one -> key(one.get(0), one.get(1), one.get(2))).toList();
  }

  private static PruningRound decide(
      PruningState state, int prunePerEdge, Map<String, List<Effect>> measured) {
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (Candidate candidate : state.candidates()) {
      effects.put(candidate.number(), measured.get(key(candidate.edge(), candidate.operator())));
    }
    return new PruningRule(RankingMode.REFERENCE, prunePerEdge).decide(state, effects);
  }

  @Test
  void removesThreeOperatorsOfEveryEdgeAsThePublishedProgramDoes() throws IOException {
    JsonNode table = table(0);
    PruningState before = PruningState.start(mask(table.get("active_before")));
    assertThat(before.mask()).isEqualTo(DartsSpace.SPACE.supernet(false));
    PruningRound round = decide(before, table.get("prune_number").asInt(), measured(table));
    List<String> expected = new ArrayList<>();
    table.get("result").get("pruned").forEach(edge -> expected.addAll(keys(edge)));
    assertThat(round.removed().stream().map(one -> key(one.edge(), one.operator())))
        .containsExactlyElementsOf(expected);
    assertThat(round.after().mask()).isEqualTo(mask(table.get("result").get("active_after")));
    assertThat(round.after().contested()).isNull();
  }

  @Test
  void leavesTwoEdgesAtEachNodeAsThePublishedProgramDoes() throws IOException {
    JsonNode table = table(1);
    Map<String, List<Effect>> measured = measured(table);
    Supernet before = mask(table.get("active_before"));
    PruningState state = PruningState.start(before);
    List<String> removed = new ArrayList<>();
    while (!state.finished()) {
      PruningRound round = decide(state, 3, measured);
      round.removed().forEach(one -> removed.add(key(one.edge(), one.operator())));
      state = round.after();
    }
    assertThat(removed).containsExactlyElementsOf(keys(table.get("pruned_in_order")));
    assertThat(state.mask()).isEqualTo(mask(table.get("result").get("active_after")));
    assertThat(state.contested()).isEqualTo(before);
    assertThat(state.mask().architecture()).isInstanceOf(Genotype.class);
  }

  @ParameterizedTest(name = "{0}, {1} an edge, seed {2}")
  @CsvSource({"EXACT, 3, 0", "EXACT, 2, 1", "REFERENCE, 3, 2", "REFERENCE, 2, 3"})
  void endsWithAGenotypeAfterItsRoundsAndSixContests(
      RankingMode mode, int prunePerEdge, long seed) {
    RandomStream stream = RandomStream.of(seed, "effects");
    PruningState state = PruningState.start(DartsSpace.SPACE.supernet(false));
    // specs/te-nas.md 1.6: 7 -> 4 -> 1, or 7 -> 5 -> 3 -> 1; then nodes of 3, 4 and 5 edges, twice.
    List<Integer> expected =
        prunePerEdge == 3
            ? List.of(196, 112, 3, 4, 5, 3, 4, 5)
            : List.of(196, 140, 84, 3, 4, 5, 3, 4, 5);
    List<Integer> sizes = new ArrayList<>();
    while (!state.finished()) {
      assertThat(state.roundsLeft(prunePerEdge)).isEqualTo(expected.size() - sizes.size());
      assertThat(Json.read(Json.write(state), PruningState.class)).isEqualTo(state);
      Map<Integer, List<Effect>> effects = new HashMap<>();
      for (Candidate candidate : state.candidates()) {
        effects.put(
            candidate.number(),
            List.of(
                new Effect(
                    20 + stream.nextDouble(), 20 + stream.nextDouble(), 900, stream.nextInt(900))));
      }
      sizes.add(effects.size());
      state = new PruningRule(mode, prunePerEdge).decide(state, effects).after();
    }
    assertThat(sizes).isEqualTo(expected);
    assertThat(state.roundsLeft(prunePerEdge)).isZero();
    assertThat(state.mask().size()).isEqualTo(16);
    assertThat(state.mask().architecture().canonical()).doesNotContain("none");
  }
}
