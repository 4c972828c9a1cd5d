package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every listed space does; a new one is tested by its line in the list. */
@DisplayName("Every search space")
class SearchSpaceContractTest {
  private static final List<SearchSpace> SPACES = SearchSpaces.all();
  private static final List<PrunableSpace> PRUNABLE = SearchSpaces.prunable();

  /** Every space with some seeds. */
  static Stream<Arguments> seeds() {
    return SPACES.stream()
        .flatMap(space -> LongStream.range(0, 10).mapToObj(seed -> Arguments.of(space, seed)));
  }

  private static Architecture random(SearchSpace space, long seed) {
    return space.random(RandomStream.of(seed, "contract", space.name()));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("SPACES")
  void isFoundByItsName(SearchSpace space) {
    assertThat(SearchSpaces.named(space.name())).isSameAs(space);
    assertThat(space.title()).isNotBlank();
    assertThat(space.operators()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(space.description().prose())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }

  @Test
  void hasANameOfItsOwn() {
    assertThat(SearchSpaces.names()).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void printsArchitecturesSuchThatTheyAreReadAgain(SearchSpace space, long seed) {
    Architecture architecture = random(space, seed);
    String text = architecture.canonical();
    assertThat(space.parse(text)).isEqualTo(architecture);
    assertThat(space.parseInAnyShape(" " + text + "\n").canonical()).isEqualTo(text);
    assertThat(random(space, seed)).isEqualTo(architecture);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void aloneRecognisesItsNotation(SearchSpace space, long seed) {
    String text = random(space, seed).canonical();
    assertThat(SPACES).filteredOn(each -> each.recognises(text)).containsExactly(space);
    assertThat(SearchSpaces.recognising(text)).isSameAs(space);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("SPACES")
  void refusesTheNotationOfOthersAndNoNotation(SearchSpace space) {
    for (SearchSpace other : SPACES) {
      if (!other.equals(space)) {
        String foreign = random(other, 0).canonical();
        assertThatThrownBy(() -> space.parse(foreign)).isInstanceOf(InvalidInput.class);
      }
    }
    for (String text : List.of("", "nothing", "|", "((")) {
      assertThatThrownBy(() -> space.parse(text)).isInstanceOf(InvalidInput.class);
    }
  }

  /** By what is counted, and by made-up costs of its operators. */
  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void namesTheCheapestAmongThoseThroughWhichSomethingPasses(SearchSpace space, long seed) {
    List<Architecture> cheapest = space.cheapest();
    if (cheapest.isEmpty()) {
      return; // not known
    }
    RandomStream stream = RandomStream.of(seed, "contract", "costs");
    Map<String, Double> costs = new HashMap<>();
    space.operators().forEach(operator -> costs.put(operator, stream.nextDouble()));
    ToDoubleFunction<Architecture> ofOperators =
        each ->
            each.placed().stream()
                .mapToDouble(placed -> costs.getOrDefault(placed.operator(), 0.0))
                .sum();
    for (ToDoubleFunction<Architecture> cost :
        List.<ToDoubleFunction<Architecture>>of(
            each -> space.standardCost(each).macs(),
            each -> space.standardCost(each).parameters(),
            ofOperators)) {
      Architecture least = cheapest.stream().min(Comparator.comparingDouble(cost)).orElseThrow();
      assertThat(space.graph(least).carries()).isTrue();
      assertThat(
              Stream.concat(space.neighbours(least).stream(), draws(space, seed))
                  .filter(each -> space.graph(each).carries())
                  .mapToDouble(cost))
          .allMatch(other -> other >= cost.applyAsDouble(least));
    }
  }

  private static Stream<Architecture> draws(SearchSpace space, long seed) {
    RandomStream stream = RandomStream.of(seed, "contract", "draws");
    return Stream.generate(() -> space.random(stream)).limit(100);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void hasNeighboursThatAreMutualAndDiffer(SearchSpace space, long seed) {
    Architecture architecture = random(space, seed);
    List<Architecture> neighbours = space.neighbours(architecture);
    assertThat(neighbours).isNotEmpty().doesNotHaveDuplicates().doesNotContain(architecture);
    Architecture one = neighbours.get((int) seed % neighbours.size());
    assertThat(space.parse(one.canonical())).isEqualTo(one);
    assertThat(space.neighbours(one)).contains(architecture);
  }

  /**
   * Every architecture of a space that is small enough equally often: chi square over 64 groups of
   * them, whose bound of 1 in 10,000 at 63 degrees of freedom is 113.5.
   */
  @ParameterizedTest(name = "{0}")
  @FieldSource("SPACES")
  void drawsUniformly(SearchSpace space) {
    if (space.size() > 20_000) {
      return; // too large to be listed
    }
    List<String> all = reachable(space);
    assertThat(all).hasSize(Math.toIntExact(space.size()));
    Map<String, Integer> place = new HashMap<>();
    all.forEach(each -> place.put(each, place.size()));
    int groups = 64;
    int draws = 64_000;
    double[] expected = new double[groups];
    double[] drawn = new double[groups];
    all.forEach(each ->
        expected[Objects.requireNonNull(place.get(each)) % groups] += (double) draws / all.size());
    RandomStream stream = RandomStream.of(1, "contract", "uniform");
    for (int draw = 0; draw < draws; draw++) {
      drawn[Objects.requireNonNull(place.get(space.random(stream).canonical())) % groups]++;
    }
    double chiSquare = 0;
    for (int group = 0; group < groups; group++) {
      double apart = drawn[group] - expected[group];
      chiSquare += apart * apart / expected[group];
    }
    assertThat(chiSquare).isLessThan(113.5);
  }

  /** All architectures, from neighbour to neighbour. */
  private static List<String> reachable(SearchSpace space) {
    Map<String, Architecture> found = new LinkedHashMap<>();
    Deque<Architecture> open = new ArrayDeque<>(List.of(random(space, 0)));
    while (!open.isEmpty()) {
      Architecture next = open.remove();
      if (found.putIfAbsent(next.canonical(), next) == null) {
        open.addAll(space.neighbours(next));
      }
    }
    return List.copyOf(found.keySet());
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void hasGraphsWithoutCyclesWithAVertexForEachOperator(SearchSpace space, long seed) {
    Architecture architecture = random(space, seed);
    ArchitectureGraph graph = space.graph(architecture);
    assertThat(graph.operators()).isEqualTo(space.operators());
    List<String> operators =
        graph.kinds().stream()
            .filter(kind -> kind > 0)
            .map(kind -> space.operators().get(kind - 1))
            .toList();
    assertThat(operators)
        .isEqualTo(architecture.placed().stream().map(PlacedOperator::operator).toList());
    for (float[] row : graph.oneHot()) {
      assertThat(IntStream.range(0, row.length).mapToDouble(i -> row[i]).sum()).isEqualTo(1);
    }
    assertThat(sorted(graph)).isEqualTo(graph.vertices());
  }

  /** How many vertices a topological order reaches: all, where there is no cycle. */
  private static int sorted(ArchitectureGraph graph) {
    int[] open = new int[graph.vertices()];
    graph.edges().forEach(edge -> open[edge.target()]++);
    Deque<Integer> ready = new ArrayDeque<>();
    IntStream.range(0, open.length).filter(i -> open[i] == 0).forEach(ready::add);
    int reached = 0;
    while (!ready.isEmpty()) {
      int vertex = ready.remove();
      reached++;
      for (ArchitectureGraph.Edge edge : graph.edges()) {
        if (edge.source() == vertex && --open[edge.target()] == 0) {
          ready.add(edge.target());
        }
      }
    }
    return reached;
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void drawsArchitecturesInThreeWays(SearchSpace space, long seed) {
    Architecture architecture = random(space, seed);
    assertThat(architecture.svg()).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(architecture.dot()).startsWith("digraph ").contains(architecture.canonical());
    assertThat(architecture.text().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(77));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void knowsWhatStandardNetworksCost(SearchSpace space, long seed) {
    Architecture architecture = random(space, seed);
    Cost ten = space.standardCost(architecture, 10);
    Cost eleven = space.standardCost(architecture, 11);
    assertThat(ten.macs()).isPositive();
    assertThat(eleven.parameters()).isGreaterThan(ten.parameters());
    assertThat(space.standardCost(architecture))
        .isEqualTo(space.standardNetworks(architecture).getFirst().cost());
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("seeds")
  void hasOneSupernetThatPrunesToEachArchitecture(SearchSpace space, long seed) {
    if (!(space instanceof PrunableSpace prunable)) {
      return;
    }
    Architecture architecture = random(space, seed);
    Supernet target = prunable.mask(architecture);
    assertThat(target.architecture()).isEqualTo(architecture);
    Supernet state = prunable.supernet(true);
    assertThat(prunable.supernet(false).size()).isLessThan(state.size());
    for (int edge = 0; edge < state.edges(); edge++) {
      for (String label : List.copyOf(state.labels(edge))) {
        if (!target.labels(edge).contains(label)) {
          int before = state.size();
          state = state.without(edge, label);
          assertThat(state.size()).isEqualTo(before - 1);
        }
      }
    }
    assertThat(state).isEqualTo(target);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PRUNABLE")
  void printsSupernetsSuchThatTheyAreReadAgain(PrunableSpace space) {
    Supernet full = space.supernet(false);
    Supernet pruned = full.without(0, full.labels(0).getFirst());
    for (Supernet each : List.of(full, pruned, space.supernet(true))) {
      String text = each.canonical();
      assertThat(Supernet.parse(text)).isEqualTo(each);
      assertThat(Json.read(Json.write(each), Supernet.class)).isEqualTo(each);
      assertThat(PRUNABLE).filteredOn(any -> any.recognisesSupernet(text)).containsExactly(space);
      List<List<String>> labels = new ArrayList<>();
      IntStream.range(0, each.edges()).forEach(edge -> labels.add(each.labels(edge)));
      assertThat(space.supernet(labels)).isEqualTo(each);
      assertThat(each.svg()).startsWith("<svg ");
    }
    assertThat(IntStream.range(0, full.edges()).mapToObj(full::ends).toList())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PRUNABLE")
  void hasNetworkSettingsThatAreToldApartByTheirNames(PrunableSpace space) {
    NetworkSettings network = space.network(4, 3);
    assertThat(network).isInstanceOf(space.networkSettings());
    assertThat(network.space().name()).isEqualTo(space.name());
    assertThat(Json.read(Json.write(network), NetworkSettings.class)).isEqualTo(network);
    assertThat(new HashSet<>(SPACES.stream().map(SearchSpace::networkSettings).toList()))
        .hasSameSizeAs(SPACES);
  }
}
