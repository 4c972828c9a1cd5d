package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Against what the published program computes (golden/metad2a). */
class GraphCodingTest {
  private static final GraphCoding CELLS = GraphCodings.of("nas-bench-201");

  @Test
  void aCellHasThePublishedTypesAndEdges() {
    JsonNode golden = MetaGolden.json("nb201_graphs.json");

    assertThat(CELLS.topology()).isEqualTo(GraphTopology.of(8, 7, pairs(golden.get("edges"))));
    for (JsonNode each : golden.get("architectures")) {
      Architecture cell = SearchSpaces.named("nas-bench-201").parse(each.get("string").asText());
      CodedGraph graph = CELLS.encode(cell);

      assertThat(Arrays.copyOfRange(graph.types(), 1, 7))
          .containsExactly(numbers(each.get("types")));
      assertThat(graph.types()).startsWith(0).endsWith(1);
      assertThat(CELLS.decode(graph)).contains(cell);
    }
  }

  @Test
  void aGraphIsACellWhereThePublishedProgramSaysSo() {
    List<String> cases = new ArrayList<>();
    for (JsonNode each : MetaGolden.json("validity_cases.json").get("nb201")) {
      Optional<String> decoded = CELLS.decode(graph(each)).map(Architecture::canonical);

      assertThat(decoded)
          .as(each.get("case").asText())
          .isEqualTo(Optional.ofNullable(each.get("decoded").textValue()));
      cases.add(each.get("case").asText());
    }
    assertThat(cases).contains("dangling vertex 4", "second end", "dense");
  }

  @Test
  void aNetworkOfMobileNetHasThePublishedTypesAndEdges() {
    GraphCoding networks = GraphCodings.of("mobilenet-v3");
    JsonNode golden = MetaGolden.json("mbv3_graphs.json");

    assertThat(networks.topology()).isEqualTo(GraphTopology.of(22, 29, pairs(golden.get("edges"))));
    for (JsonNode each : golden.get("architectures")) {
      Architecture network = SearchSpaces.named("mobilenet-v3").parse(coding(each));
      CodedGraph graph = networks.encode(network);
      int[] types = numbers(each.get("types"));

      for (int slot = 0; slot < 20; slot++) {
        int depth = each.get("d").get(slot / 4).asInt();
        int smallest = 2 + 9 * (depth - 2);
        assertThat(graph.types()[slot + 1])
            .as("slot %d", slot)
            .isEqualTo(slot % 4 < depth ? types[slot + 1] : smallest);
      }
      assertThat(networks.decode(graph)).contains(network);
      assertThat(networks.decode(new CodedGraph(types, networks.topology().edges())))
          .contains(network);
    }
  }

  @Test
  void aGraphIsANetworkWhereThePublishedProgramSaysSo() {
    GraphCoding networks = GraphCodings.of("mobilenet-v3");
    int invalid = 0;
    for (JsonNode each : MetaGolden.json("validity_cases.json").get("mbv3")) {
      Optional<Architecture> expected =
          each.get("decoded").isNull()
              ? Optional.empty()
              : Optional.of(SearchSpaces.named("mobilenet-v3").parse(coding(each.get("decoded"))));

      assertThat(networks.decode(graph(each))).as(each.get("case").asText()).isEqualTo(expected);
      invalid += expected.isEmpty() ? 1 : 0;
    }
    assertThat(invalid).isPositive();
  }

  private static String coding(JsonNode node) {
    return "{'ks': %s, 'e': %s, 'd': %s}".formatted(node.get("ks"), node.get("e"), node.get("d"));
  }

  @Test
  void metricsAreThePublishedOnes() {
    JsonNode golden = MetaGolden.json("generation_metrics.json");
    List<String> trained = new ArrayList<>();
    golden.get("training_set").forEach(each -> trained.add(each.asText()));
    List<Optional<String>> generated = new ArrayList<>();
    golden.get("generated").forEach(each -> generated.add(Optional.ofNullable(each.textValue())));

    GenerationMetrics metrics = GenerationMetrics.of(generated, trained);

    assertThat(metrics.validity()).isEqualTo(golden.get("validity").asDouble());
    assertThat(metrics.uniqueness()).isEqualTo(golden.get("uniqueness").asDouble());
    assertThat(metrics.novelty()).isEqualTo(golden.get("novelty_of_unique").asDouble());
    assertThat(metrics.noveltyOfValid()).isEqualTo(golden.get("novelty_of_valid").asDouble());
    assertThat(GenerationMetrics.of(List.of(), trained).validity()).isZero();
  }

  @Test
  void aSpaceWithoutGraphsIsNamed() {
    assertThatThrownBy(() -> GraphCodings.of("darts"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("\"darts\"")
        .hasMessageContaining("nas-bench-201");
  }

  static CodedGraph graph(JsonNode node) {
    int[] types = numbers(node.get("types"));
    return new CodedGraph(
        types, GraphTopology.of(types.length, 0, pairs(node.get("edges"))).edges());
  }

  static int[][] pairs(JsonNode edges) {
    List<int[]> pairs = new ArrayList<>();
    Consumer<JsonNode> add = each -> pairs.add(numbers(each));
    edges.forEach(add);
    return pairs.toArray(int[][]::new);
  }

  static int[] numbers(JsonNode array) {
    int[] numbers = new int[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asInt();
    }
    return numbers;
  }
}
