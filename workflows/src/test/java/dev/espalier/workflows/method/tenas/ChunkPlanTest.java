package dev.espalier.workflows.method.tenas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.Effect;
import dev.espalier.search.pruning.PruningRound;
import dev.espalier.search.pruning.PruningRule;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.pruning.RankingMode;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.method.tenas.ChunkPlan.Costs;
import dev.espalier.workflows.method.tenas.MeasureActivities.Item;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.method.tenas.MeasureActivities.Measured;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasuredChunk;
import dev.espalier.workflows.stage.StageInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkPlanTest {
  private static final PruningState START = PruningState.start(NasBench201.SPACE.supernet(false));
  private static final StageInput INPUT =
      new StageInput(
          "experiment",
          "prune",
          "key",
          "{}",
          NumericClasses.CPU,
          "digest",
          Map.of(),
          null,
          null,
          null,
          null);

  @ParameterizedTest
  @CsvSource({"exact, quick", "reference, quick", "exact, published", "reference, published"})
  void measuresEveryCandidateOfEveryRepeatOnceAndTheUnprunedNetworkBeside(
      String mode, String preset) {
    TeNasSpecification specification = specification(mode, preset);
    List<Item> items = items(plan(specification));
    int candidates = START.candidates().size();
    int repeats = specification.search().repeats();
    int unpruned = mode.equals("exact") ? 1 : candidates;

    assertThat(items).doesNotHaveDuplicates().hasSize(repeats * (candidates + unpruned));
    assertThat(items).hasSize(ChunkPlan.measurements(specification.search(), START));
    assertThat(items)
        .filteredOn(item -> item.mask().equals(START.mask().canonical()))
        .hasSize(repeats * unpruned);
  }

  @ParameterizedTest
  @CsvSource({
    "MERGED, quick, 8, 1",
    "MERGED, published, 1, 1",
    "VECTORS, quick, 18, 6",
    "VECTORS, published, 4, 1"
  })
  void givesEachChunkSomeSecondsOfWorkAndTheLastOnesLess(
      Costs costs, String preset, int most, int last) {
    List<Integer> sizes =
        ChunkPlan.of(INPUT, specification("exact", preset), START, costs, ChunkPlan.MOST).stream()
            .map(chunk -> chunk.items().size())
            .toList();
    assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, most));
    assertThat(sizes.getFirst()).isEqualTo(most);
    assertThat(sizes.getLast()).isBetween(1, last);
  }

  /** The largest rounds that the schema allows, where a single measurement takes minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"nas-bench-201", "darts"})
  void makesNoMoreChunksOfARoundThanAHistoryCanWellHold(String space) {
    TeNasSpecification largest =
        TeNasSpecification.preset(
            "published",
            Map.of(
                "space", space,
                "search.operators", "all",
                "search.prunePerEdge", "1",
                "search.repeats", "100",
                "search.images", "candidate",
                "search.ntk.batch", "1024",
                "search.ntk.imageSize", "224"));
    PruningState start = PruningState.start(largest.supernet());
    List<MeasureChunk> chunks = plan(largest, start);
    assertThat(chunks).hasSizeBetween(300, 1_000);
    long characters = chunks.stream().mapToLong(chunk -> CanonicalJson.of(chunk).length()).sum();
    assertThat(characters).isLessThan(12_000_000);
    assertThat(items(chunks)).hasSize(ChunkPlan.measurements(largest.search(), start));
  }

  /** A DARTS supernet with one operator on every edge, then without two edges. */
  private static final PruningState CONTEST = PruningState.start(singlePath());

  private static final PruningState LATER =
      new PruningState(
          CONTEST.mask().without(2, "skip_connect"), CONTEST.round() + 1, CONTEST.mask());

  private static Supernet singlePath() {
    return DartsMask.full(Set.of(DartsOperator.SKIP_CONNECT));
  }

  @ParameterizedTest
  @CsvSource({
    "exact, published, 1, 0",
    "reference, published, 3, 0",
    "reference, published, 4, 1",
    "reference, current, 4, 1",
    "exact, current, 1, 1",
    "exact, published, 1, 1"
  })
  void comparesConditionsAsPublishedWithTheNetworkFromBeforeEdgesCompeted(
      String mode, String comparison, int unpruned, int contests) {
    PruningState state = contests == 0 ? CONTEST : LATER;
    TeNasSpecification specification =
        TeNasSpecification.preset(
            "quick",
            Map.of("search.mode", mode, "search.comparison", comparison, "space", "darts"));
    List<Item> items = items(plan(specification, state));
    int candidates = contests == 0 ? 3 : 4;
    assertThat(state.candidates()).hasSize(candidates);
    assertThat(items)
        .filteredOn(item -> item.mask().equals(state.mask().canonical()))
        .hasSize(unpruned);
    boolean apart = comparison.equals("published") && contests > 0;
    assertThat(items).hasSize(candidates + unpruned + (apart ? unpruned : 0));
    assertThat(items).hasSize(ChunkPlan.measurements(specification.search(), state));

    RoundMeasurements measurements = new RoundMeasurements();
    for (MeasureChunk chunk : plan(specification, state).reversed()) {
      measurements.add(
          chunk,
          new MeasuredChunk(chunk.items().stream().map(ChunkPlanTest::measured).toList()),
          state);
    }
    Candidate last = state.candidates().getLast();
    int number = mode.equals("reference") ? last.number() : -1;
    Supernet before = apart ? CONTEST.mask() : state.mask();
    Supernet without = state.mask().without(last.edge(), last.operator());
    Measured unprunedNow = measured(new Item(0, number, state.mask().canonical()));
    Measured pruned = measured(new Item(0, last.number(), without.canonical()));
    assertThat(measurements.effects(state.candidates()).get(last.number()))
        .containsExactly(
            new Effect(
                measured(new Item(0, number, before.canonical())).condition(),
                pruned.condition(),
                unprunedNow.regions(),
                pruned.regions()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "reference"})
  void namesChunksByWhatTheyHold(String mode) {
    List<MeasureChunk> chunks = plan(specification(mode, "quick"));
    assertThat(chunks).extracting(MeasureChunk::name).doesNotHaveDuplicates();
    assertThat(plan(specification(mode, "quick"))).isEqualTo(chunks);
  }

  @ParameterizedTest(name = "{0}, cut with seed {1}")
  @CsvSource({"exact, 1", "exact, 2", "exact, 3", "reference, 1", "reference, 2", "reference, 3"})
  void changesNoDecisionHoweverItCuts(String mode, long seed) {
    List<MeasureChunk> planned = plan(specification(mode, "quick"));
    RankingMode ranking = RankingMode.valueOf(mode.toUpperCase(Locale.ROOT));
    PruningRound expected = decide(ranking, planned);

    assertThat(decide(ranking, cut(planned, RandomStream.of(seed, "cuts")))).isEqualTo(expected);
    assertThat(decide(ranking, planned.reversed())).isEqualTo(expected);
  }

  /** The same items, in chunks of one to ten, in random order. */
  private static List<MeasureChunk> cut(List<MeasureChunk> planned, RandomStream stream) {
    List<Item> left = new ArrayList<>();
    List<Item> items = items(planned);
    for (int position : stream.permutation(items.size())) {
      left.add(items.get(position));
    }
    List<MeasureChunk> chunks = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Item> some = left.subList(0, Math.min(left.size(), 1 + stream.nextInt(10)));
      MeasureChunk like = planned.getFirst();
      chunks.add(
          new MeasureChunk(
              like.ref(), like.round(), "cut", like.specification(), like.dataDigest(), some));
      some.clear();
    }
    return chunks;
  }

  private static PruningRound decide(RankingMode mode, List<MeasureChunk> chunks) {
    RoundMeasurements measurements = new RoundMeasurements();
    for (MeasureChunk chunk : chunks) {
      MeasuredChunk measured =
          new MeasuredChunk(chunk.items().stream().map(ChunkPlanTest::measured).toList());
      measurements.add(chunk, measured, START);
    }
    return new PruningRule(mode, 1).decide(START, measurements.effects(START.candidates()));
  }

  private static Measured measured(Item item) {
    RandomStream stream = RandomStream.of(0, item.repeat(), item.candidate(), item.mask());
    return new Measured(1 + stream.nextDouble(), false, 1 + stream.nextInt(1000), false);
  }

  private static List<Item> items(List<MeasureChunk> chunks) {
    return chunks.stream().flatMap(chunk -> chunk.items().stream()).toList();
  }

  private static List<MeasureChunk> plan(TeNasSpecification specification) {
    return plan(specification, START);
  }

  private static List<MeasureChunk> plan(TeNasSpecification specification, PruningState state) {
    return ChunkPlan.of(INPUT, specification, state, Costs.VECTORS, ChunkPlan.MOST);
  }

  private static TeNasSpecification specification(String mode, String preset) {
    return TeNasSpecification.preset(preset, Map.of("search.mode", mode));
  }
}
