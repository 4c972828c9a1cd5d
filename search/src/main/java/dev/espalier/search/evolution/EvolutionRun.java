package dev.espalier.search.evolution;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.statistics.Statistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search under way: asks for scores, generation by generation, until its budget is spent. No
 * architecture is asked for twice. Equal settings, seed and scores give equal searches on every
 * machine, whether in one go or from checkpoint to checkpoint.
 *
 * <pre>{@code
 * while (!run.finished()) {
 *   run.told(scorer.score(run.proposals()));
 * }
 * }</pre>
 *
 * <p>Not safe for several threads.
 */
public final class EvolutionRun {
  private final Strategy strategy;
  private final EvolutionSettings settings;
  private final BitSpace space;
  private final CostLimits limits;
  private final long seed;
  private final String stream;

  private final int budget;
  private final Map<Genome, Scored> known = new LinkedHashMap<>();
  private final List<Generation> history = new ArrayList<>();
  private final Breeding.Setting setting;

  private EvolutionState state = EvolutionState.START;
  private List<Genome> children = List.of();
  private List<Genome> proposals = List.of();

  private EvolutionRun(
      Strategy strategy,
      EvolutionSettings settings,
      BitSpace space,
      CostLimits limits,
      long seed,
      String stream) {
    this.strategy = strategy;
    this.settings = settings;
    this.space = space;
    this.limits = limits;
    this.seed = seed;
    this.stream = stream;
    FeasibleSpace feasible = new FeasibleSpace(space, limits);
    Objectives objectives = new Objectives(settings.objectives(), space);
    budget = feasible.count(settings.evaluations());
    setting = new Breeding.Setting(settings, feasible, objectives, known.keySet());
  }

  /**
   * A search at its beginning.
   *
   * @param stream names its random numbers, such as the experiment's id
   * @throws InvalidInput if no architecture keeps the limits, with the smallest cost that there is
   */
  public static EvolutionRun create(
      Strategy strategy,
      EvolutionSettings settings,
      BitSpace space,
      CostLimits limits,
      long seed,
      String stream) {
    EvolutionRun run = new EvolutionRun(strategy, settings, space, limits, seed, stream);
    run.breed();
    return run;
  }

  /**
   * The search of a checkpoint.
   *
   * @param space the same as when it was taken
   */
  public static EvolutionRun restore(BitSpace space, byte[] checkpoint) {
    EvolutionCheckpoint saved =
        Json.read(new String(checkpoint, StandardCharsets.UTF_8), EvolutionCheckpoint.class);
    saved.refuseOther(space.name(), digest(space.costs()));
    EvolutionRun run =
        new EvolutionRun(
            saved.strategy(),
            saved.settings(),
            space,
            saved.limits(),
            saved.seed(),
            saved.stream());
    for (EvolutionCheckpoint.Batch batch : saved.batches(space.bits())) {
      run.remember(batch.generation(), batch.scored());
    }
    run.state = saved.state();
    run.breed();
    return run;
  }

  /** What to score next, all different, in this order; empty when finished. */
  public List<Genome> proposals() {
    return proposals;
  }

  /**
   * The scores of {@link #proposals()}.
   *
   * @param accuracies in the order of the proposals
   */
  public void told(double... accuracies) {
    if (accuracies.length != proposals.size()) {
      throw new InvalidInput(
          "%d architectures were proposed, but %d scores came back"
              .formatted(proposals.size(), accuracies.length));
    }
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      if (!Double.isFinite(accuracies[i])) {
        throw new InvalidInput(
            "the score of %s is %s: give a number, such as 0 for a network that failed"
                .formatted(space.architecture(proposals.get(i)).canonical(), accuracies[i]));
      }
      scored.add(new Scored(proposals.get(i), accuracies[i]));
    }
    if (!scored.isEmpty()) {
      remember(state.generation(), scored);
      advance();
      breed();
    }
  }

  private void remember(int generation, List<Scored> scored) {
    scored.forEach(one -> known.put(one.genome(), one));
    double best =
        Math.max(
            history.isEmpty() ? Double.NEGATIVE_INFINITY : history.getLast().best(),
            scored.stream().mapToDouble(Scored::accuracy).max().orElseThrow());
    double mean = Statistics.mean(scored.stream().mapToDouble(Scored::accuracy).toArray());
    history.add(new Generation(generation, known.size(), best, mean));
  }

  /** The state after the children, all of which are known now. */
  private void advance() {
    List<Scored> scored = children.stream().map(this::scoredOf).toList();
    Optional<Scored> best = state.best();
    for (Scored one : scored) {
      best = Optional.of(best.map(before -> Objectives.moreAccurate(before, one)).orElse(one));
    }
    state =
        new EvolutionState(
            state.generation() + 1,
            strategy.breeding().survivors(state, setting, scored),
            best,
            known.size());
  }

  private Scored scoredOf(Genome genome) {
    Scored scored = known.get(genome);
    if (scored == null) {
      throw new IllegalStateException("no score of " + genome);
    }
    return scored;
  }

  /** Generations without anything new to score pass by themselves. */
  private void breed() {
    proposals = List.of();
    children = List.of();
    while (!finished() && proposals.isEmpty()) {
      RandomStream random = RandomStream.of(seed, stream, strategy.label(), state.generation());
      children = strategy.breeding().children(state, setting, budget - known.size(), random);
      proposals = children.stream().filter(child -> !known.containsKey(child)).toList();
      if (proposals.isEmpty()) {
        advance();
      }
    }
  }

  /** Whether the budget is spent, or everything that keeps the limits has a score. */
  public boolean finished() {
    return known.size() >= budget;
  }

  /** The most accurate one so far; empty before the first scores. */
  public Optional<Scored> best() {
    return state.best();
  }

  /** The generations that scored something. */
  public List<Generation> history() {
    return Collections.unmodifiableList(history);
  }

  /** All scores in the order in which they came. */
  public List<Scored> scored() {
    return List.copyOf(known.values());
  }

  /**
   * Of all scored, those that nothing beats in accuracy and all of these costs, cheapest first.
   *
   * @param costs such as {@link CostTable#MACS}
   */
  public List<ParetoFront.Point<Genome>> front(List<String> costs) {
    List<CostTable> tables = costs.stream().map(space::cost).toList();
    return ParetoFront.of(
        known.values().stream()
            .map(one ->
                new ParetoFront.Point<>(
                    one.genome(),
                    one.accuracy(),
                    tables.stream().map(table -> table.of(one.genome())).toList()))
            .toList());
  }

  /** Of the plain JSON: the canonical one takes longer than all else in a checkpoint. */
  private static String digest(List<CostTable> costs) {
    return Digest.sha256(Json.write(costs));
  }

  public EvolutionState state() {
    return state;
  }

  /** The evaluations that will be spent: fewer than the settings' if there are not so many. */
  public int budget() {
    return budget;
  }

  public Strategy strategy() {
    return strategy;
  }

  public BitSpace space() {
    return space;
  }

  /** All of it as JSON in UTF-8: about 16 bytes for each score, beside a few kilobytes. */
  public byte[] checkpoint() {
    List<Scored> scored = scored();
    List<EvolutionCheckpoint.Batch> batches = new ArrayList<>();
    int from = 0;
    for (Generation generation : history) {
      batches.add(
          new EvolutionCheckpoint.Batch(
              generation.generation(), scored.subList(from, generation.evaluations())));
      from = generation.evaluations();
    }
    EvolutionCheckpoint checkpoint =
        new EvolutionCheckpoint(
            EvolutionCheckpoint.VERSION,
            space.name(),
            digest(space.costs()),
            strategy,
            settings,
            limits,
            seed,
            stream,
            state,
            EvolutionCheckpoint.log(batches));
    return Json.write(checkpoint).getBytes(StandardCharsets.UTF_8);
  }
}
