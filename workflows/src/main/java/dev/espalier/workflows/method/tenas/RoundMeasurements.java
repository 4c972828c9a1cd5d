package dev.espalier.workflows.method.tenas;

import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.Effect;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.workflows.method.tenas.MeasureActivities.Item;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.method.tenas.MeasureActivities.Measured;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasuredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One round's measurements, put together from its chunks. */
final class RoundMeasurements {
  /** By repeat, then candidate; candidate -1 is the un-pruned network where all share it. */
  private final Map<Integer, Map<Integer, Measured>> unpruned = new TreeMap<>();

  private final Map<Integer, Map<Integer, Measured>> pruned = new TreeMap<>();

  /**
   * The network from before edges competed, whose condition the published program goes on to
   * compare with.
   */
  private final Map<Integer, Map<Integer, Measured>> contested = new TreeMap<>();

  private boolean saturated;

  void add(MeasureChunk chunk, MeasuredChunk measured, PruningState state) {
    String whole = state.mask().canonical();
    String before = state.contested() == null ? whole : state.contested().canonical();
    for (int i = 0; i < chunk.items().size(); i++) {
      Item item = chunk.items().get(i);
      Measured value = measured.measured().get(i);
      saturated |= value.saturated();
      Map<Integer, Map<Integer, Measured>> side =
          item.mask().equals(whole) ? unpruned : item.mask().equals(before) ? contested : pruned;
      side.computeIfAbsent(item.repeat(), repeat -> new TreeMap<>()).put(item.candidate(), value);
    }
  }

  boolean saturated() {
    return saturated;
  }

  /** What removing each candidate did, one effect a repeat, by candidate number. */
  Map<Integer, List<Effect>> effects(List<Candidate> candidates) {
    Map<Integer, List<Effect>> effects = new TreeMap<>();
    for (Candidate candidate : candidates) {
      List<Effect> repeats = new ArrayList<>();
      for (Map.Entry<Integer, Map<Integer, Measured>> repeat : pruned.entrySet()) {
        Measured with = shared(of(unpruned, repeat.getKey()), candidate.number());
        Measured without = of(repeat.getValue(), candidate.number());
        repeats.add(
            new Effect(
                conditionWith(repeat.getKey(), candidate.number(), with),
                without.condition(),
                with.regions(),
                without.regions()));
      }
      effects.put(candidate.number(), repeats);
    }
    return effects;
  }

  private @Nullable Double conditionWith(int repeat, int candidate, Measured unpruned) {
    Map<Integer, Measured> earlier = contested.get(repeat);
    return earlier == null ? unpruned.condition() : shared(earlier, candidate).condition();
  }

  /** The un-pruned network's condition numbers, over repeats; null where singular. */
  List<@Nullable Double> unprunedConditions() {
    List<@Nullable Double> values = new ArrayList<>();
    unpruned
        .values()
        .forEach(repeat -> repeat.values().forEach(value -> values.add(value.condition())));
    return values;
  }

  List<Double> unprunedRegions() {
    List<Double> values = new ArrayList<>();
    unpruned
        .values()
        .forEach(repeat -> repeat.values().forEach(value -> values.add(value.regions())));
    return values;
  }

  /** The candidate's own measurement, else the one that all share. */
  private static Measured shared(Map<Integer, Measured> known, int candidate) {
    Measured own = known.get(candidate);
    return own != null ? own : of(known, -1);
  }

  private static <T> T of(Map<Integer, T> map, int number) {
    T value = map.get(number);
    if (value == null) {
      throw new IllegalStateException(
          "no measurement numbered %d among %s".formatted(number, map.keySet()));
    }
    return value;
  }
}
