package dev.espalier.search.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.pruning.Ranking.Ranked;
import dev.espalier.search.pruning.Ranking.Scored;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every table of {@code golden/tenas/pruning_tables.json}: what the published program prunes, given
 * its numbers.
 */
@DisplayName("Reference mode prunes what the published program prunes")
class PublishedTablesTest {
  /** An operator of an edge of a cell type, in any space. */
  record Removable(int cell, int edge, int operator) {}

  private static JsonNode tables() throws IOException {
    return Json.read(
        Files.readString(SharedData.file("golden/tenas/pruning_tables.json")), JsonNode.class);
  }

  private static JsonNode table(String name) throws IOException {
    JsonNode all = tables();
    return all.get("tables")
        .valueStream()
        .filter(table -> table.get("name").asText().equals(name))
        .findFirst()
        .or(() ->
            all.get("darts")
                .valueStream()
                .filter(table -> table.get("name").asText().equals(name))
                .findFirst())
        .orElseThrow();
  }

  private static Removable removable(JsonNode triple) {
    return new Removable(triple.get(0).asInt(), triple.get(1).asInt(), triple.get(2).asInt());
  }

  private static Removable candidate(JsonNode candidate) {
    return new Removable(
        candidate.get("cell").asInt(), candidate.get("edge").asInt(), candidate.get("op").asInt());
  }

  private static double number(JsonNode node) {
    return switch (node.asText()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> node.doubleValue();
    };
  }

  private static List<Effect> effects(JsonNode candidate) {
    List<Effect> effects = new ArrayList<>();
    for (int repeat = 0; repeat < candidate.get("ntk").size(); repeat++) {
      JsonNode ntk = candidate.get("ntk").get(repeat);
      // A table that stops early holds the regions of only those candidates that were reached.
      JsonNode regions = candidate.get("lr").get(repeat);
      effects.add(
          new Effect(
              number(ntk.get(0)),
              number(ntk.get(1)),
              number(regions.get(0)),
              number(regions.get(1))));
    }
    return effects;
  }

  private static List<Ranked<Removable>> ranked(JsonNode table) {
    List<Scored<Removable>> scored =
        table
            .get("candidates")
            .valueStream()
            .map(candidate -> new Scored<>(candidate(candidate), effects(candidate)))
            .toList();
    return new Ranking<Removable>(RankingMode.REFERENCE).rank(scored);
  }

  private static List<Removable> removables(JsonNode triples) {
    return triples.valueStream().map(PublishedTablesTest::removable).toList();
  }

  private static void agreesInEveryStep(JsonNode table, List<Ranked<Removable>> ranked) {
    Map<Removable, JsonNode> golden = new HashMap<>();
    table.get("candidates").forEach(candidate -> golden.put(candidate(candidate), candidate));
    assertThat(ranked).hasSize(golden.size());
    for (Ranked<Removable> one : ranked) {
      JsonNode expected = golden.get(one.candidate());
      assertThat(expected).as(one.candidate().toString()).isNotNull();
      assertThat(one.conditionDelta())
          .as("ntk_delta of %s", one)
          .isEqualTo(number(expected.get("ntk_delta")));
      assertThat(one.regionDelta())
          .as("lr_delta of %s", one)
          .isEqualTo(number(expected.get("lr_delta")));
      assertThat(one.conditionRank())
          .as("ntk_rank of %s", one)
          .isEqualTo(expected.get("ntk_rank").asInt());
      assertThat(one.regionRank())
          .as("lr_rank of %s", one)
          .isEqualTo(expected.get("lr_rank").asInt());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "random",
        "ties",
        "significant_digits",
        "singular_values",
        "saturated_regions",
        "mid_search_uneven",
        "prune_two",
        "largest_double",
        "darts_first_round"
      })
  void stepByStep(String name) throws IOException {
    JsonNode table = table(name);
    List<Ranked<Removable>> ranked = ranked(table);
    agreesInEveryStep(table, ranked);
    if (table.has("rank_sum_order")) {
      assertThat(ranked.stream().map(Ranked::candidate))
          .containsExactlyElementsOf(removables(table.get("rank_sum_order")));
    }
    List<Removable> removed =
        Ranking.firstOfEach(
            ranked,
            one -> List.of(one.cell(), one.edge()),
            edge -> table.get("prune_number").asInt());
    List<Removable> expected = new ArrayList<>();
    table.get("result").get("pruned").forEach(edge -> expected.addAll(removables(edge)));
    assertThat(removed).containsExactlyElementsOf(expected);
  }

  @Test
  void inTheLastStageOfTheDartsSpaceNodeByNode() throws IOException {
    JsonNode table = table("darts_edge_groups");
    int keep = table.get("keep_per_group").asInt();
    List<Ranked<Removable>> all = new ArrayList<>();
    List<Removable> removed = new ArrayList<>();
    for (int cell = 0; cell < 2; cell++) {
      for (JsonNode group : table.get("groups")) {
        int first = group.get(0).asInt();
        int end = group.get(1).asInt();
        int type = cell;
        List<Scored<Removable>> members =
            table
                .get("candidates")
                .valueStream()
                .filter(candidate -> candidate.get("cell").asInt() == type)
                .filter(candidate ->
                    candidate.get("edge").asInt() >= first && candidate.get("edge").asInt() < end)
                .map(candidate -> new Scored<>(candidate(candidate), effects(candidate)))
                .toList();
        if (end - first > keep) {
          List<Ranked<Removable>> ranked =
              new Ranking<Removable>(RankingMode.REFERENCE).rank(members);
          all.addAll(ranked);
          removed.addAll(Ranking.firstOfEach(ranked, one -> first, whole -> end - first - keep));
        }
      }
    }
    agreesInEveryStep(table, all);
    assertThat(removed).containsExactlyElementsOf(removables(table.get("pruned_in_order")));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"overflow_to_infinity", "not_a_number", "zero_regions"})
  void andStopsWhereItStops(String name) throws IOException {
    JsonNode table = table(name);
    assertThatThrownBy(() -> ranked(table))
        .isInstanceOf(Diverged.class)
        .hasMessageContaining(table.get("result").get("error").asText());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "random",
        "ties",
        "significant_digits",
        "singular_values",
        "saturated_regions",
        "mid_search_uneven",
        "prune_two",
        "largest_double"
      })
  void asAWholeRoundOfTheNasBench201Search(String name) throws IOException {
    JsonNode table = table(name);
    PruningState before = new PruningState(mask(table.get("active_before")), 1);
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (JsonNode candidate : table.get("candidates")) {
      effects.put(effects.size(), effects(candidate));
    }
    PruningRound round =
        new PruningRule(RankingMode.REFERENCE, table.get("prune_number").asInt())
            .decide(before, effects);
    assertThat(round.after())
        .isEqualTo(new PruningState(mask(table.get("result").get("active_after")), 2));
    assertThat(round.ranked()).hasSize(table.get("result").get("evaluated").asInt());
  }

  private static OperatorMask mask(JsonNode cells) {
    assertThat(cells).hasSize(1);
    return new OperatorMask(cells.get(0).valueStream().map(PublishedTablesTest::active).toList());
  }

  private static Set<Operator> active(JsonNode edge) {
    Set<Operator> active = EnumSet.noneOf(Operator.class);
    for (Operator operator : Operator.ALL) {
      if (edge.get(operator.index()).asInt() == 1) {
        active.add(operator);
      }
    }
    return active;
  }

  @Test
  void inAllTables() throws IOException {
    JsonNode all = tables();
    assertThat(all.get("tables")).as("tables; name new ones above").hasSize(11);
    assertThat(all.get("darts")).hasSize(2);
  }
}
