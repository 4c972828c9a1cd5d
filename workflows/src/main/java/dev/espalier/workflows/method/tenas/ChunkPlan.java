package dev.espalier.workflows.method.tenas;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.space.Supernet;
import dev.espalier.workflows.method.tenas.MeasureActivities.Item;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.stage.StageInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Splits a round's measurements into chunks of some seconds each: long enough that orchestration
 * costs little, short enough that little is lost with a worker. How they are split changes no
 * result.
 */
final class ChunkPlan {
  private static final double TARGET_SECONDS = 4;

  /**
   * About so many chunks a round has at most, however many measurements: each is some events of the
   * workflow's history.
   */
  static final int MOST = 800;

  /** A chunk is at most this part of what is left of the round. */
  private static final int TAIL = 4;

  /**
   * CPU seconds of one kernel of the full supernet at the published setting, and of one region
   * count. How a round is cut is part of a workflow's history: plans that were, stay.
   */
  enum Costs {
    /** Every operator by itself. */
    PLAIN(11, 0.3, 0),
    /** Convolutions that read one node together. */
    MERGED(4.5, 0.3, 0),
    /** All rows at once, with the processor's vectors. */
    VECTORS(1.1, 0.01, 0.4);

    private final double kernelSeconds;
    private final double regionSeconds;
    private final double leastSeconds; // of a chunk

    Costs(double kernelSeconds, double regionSeconds, double leastSeconds) {
      this.leastSeconds = leastSeconds;
      this.kernelSeconds = kernelSeconds;
      this.regionSeconds = regionSeconds;
    }
  }

  private ChunkPlan() {}

  /**
   * The chunks of one round, repeats in order, so that what a repeat shares is prepared once per
   * chunk. Towards the end of the round they get smaller, so that no slot waits long for another to
   * finish.
   *
   * @param most about so many chunks
   */
  static List<MeasureChunk> of(
      StageInput input,
      TeNasSpecification specification,
      PruningState state,
      Costs costs,
      int most) {
    int left = measurements(specification.search(), state);
    int fewest = Math.ceilDiv(left, most); // of a chunk
    int perChunk = Math.max(fewest, perChunk(TARGET_SECONDS, specification.search(), state, costs));
    int least =
        Math.max(fewest, perChunk(costs.leastSeconds, specification.search(), state, costs));
    List<MeasureChunk> chunks = new ArrayList<>();
    for (int repeat = 0; repeat < specification.search().repeats(); repeat++) {
      List<Item> items = items(specification.search(), state, repeat);
      int from = 0;
      while (from < items.size()) {
        int size = Math.clamp(left / TAIL, least, perChunk);
        int to = Math.min(items.size(), from + size);
        chunks.add(chunk(input, state, items.subList(from, to)));
        left -= to - from;
        from = to;
      }
    }
    return chunks;
  }

  /** As {@link #of}, all of a size: for stages that began before the end was cut finer. */
  static List<MeasureChunk> even(
      StageInput input, TeNasSpecification specification, PruningState state) {
    int perChunk = perChunk(TARGET_SECONDS, specification.search(), state, Costs.PLAIN);
    List<MeasureChunk> chunks = new ArrayList<>();
    for (int repeat = 0; repeat < specification.search().repeats(); repeat++) {
      List<Item> items = items(specification.search(), state, repeat);
      int parts = Math.ceilDiv(items.size(), perChunk);
      for (int part = 0; part < parts; part++) {
        chunks.add(
            chunk(
                input,
                state,
                items.subList(items.size() * part / parts, items.size() * (part + 1) / parts)));
      }
    }
    return chunks;
  }

  private static int perChunk(double seconds, TeNasSearch search, PruningState state, Costs costs) {
    double items = seconds / secondsPerItem(search, state.mask(), costs);
    return Math.max(1, (int) Math.round(items));
  }

  private static MeasureChunk chunk(StageInput input, PruningState state, List<Item> items) {
    return new MeasureChunk(
        input.ref(),
        state.round(),
        "chunk-" + Digest.of(items).substring(0, 16),
        input.specification(),
        input.dataDigest(),
        items);
  }

  /** How many measurements a round takes. */
  static int measurements(TeNasSearch search, PruningState state) {
    return search.repeats() * items(search, state, 0).size();
  }

  /**
   * The measurements of one repeat: the un-pruned network once where all candidates share it, else
   * once for each.
   */
  private static List<Item> items(TeNasSearch search, PruningState state, int repeat) {
    boolean shared = search.sharesUnpruned();
    List<Item> items = new ArrayList<>();
    if (shared) {
      items.add(new Item(repeat, -1, state.mask().canonical()));
      contested(search, state).ifPresent(mask -> items.add(new Item(repeat, -1, mask)));
    }
    for (Candidate candidate : state.candidates()) {
      if (!shared) {
        items.add(new Item(repeat, candidate.number(), state.mask().canonical()));
        contested(search, state)
            .ifPresent(mask -> items.add(new Item(repeat, candidate.number(), mask)));
      }
      items.add(
          new Item(
              repeat,
              candidate.number(),
              state.mask().without(candidate.edge(), candidate.operator()).canonical()));
    }
    return items;
  }

  /**
   * What was left when edges began to compete, where edges were removed since: the published
   * program goes on to compare condition numbers with it (specs/te-nas.md, D9).
   */
  private static Optional<String> contested(TeNasSearch search, PruningState state) {
    return Optional.ofNullable(state.contested())
        .filter(mask -> search.comparison().equals("published") && !mask.equals(state.mask()))
        .map(Supernet::canonical);
  }

  private static double secondsPerItem(TeNasSearch search, Supernet mask, Costs costs) {
    double images = search.ntk().batch() / 72.0;
    double pixels = search.ntk().imageSize() / 32.0;
    long regionSamples = search.regions().batch() * (long) search.regions().batches();
    OptionalDouble known = mask.seconds(search.ntk().batch(), regionSamples);
    if (known.isPresent()) {
      return known.getAsDouble();
    }
    double samples = regionSamples / 3000.0;
    double kernel = costs.kernelSeconds * images * images * pixels * pixels * mask.size() / 24.0;
    return kernel + costs.regionSeconds * samples;
  }
}
