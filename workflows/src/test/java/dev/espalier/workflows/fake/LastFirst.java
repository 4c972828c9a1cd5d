package dev.espalier.workflows.fake;

import io.temporal.activity.ActivityExecutionContext;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lets the units of a group end in the opposite order of their arrival: the last comes first. */
public final class LastFirst implements Obstacle {
  private final Map<String, Long> missing;
  private final Map<String, Deque<String>> waiting = new TreeMap<>();

  private LastFirst(Map<String, Long> missing) {
    this.missing = missing;
  }

  /**
   * @param units all units of all groups: the rounds of measurements, and the trainings
   */
  public static LastFirst ofGroups(Collection<String> units) {
    return new LastFirst(
        new TreeMap<>(
            units.stream()
                .collect(Collectors.groupingBy(LastFirst::group, Collectors.counting()))));
  }

  private static String group(String unit) {
    String[] parts = unit.split("/", -1);
    return unit.startsWith("measure/") ? parts[0] + parts[1] : parts[0];
  }

  @Override
  public void meet(String unit, ActivityExecutionContext context) {
    arrive(unit);
    Patience.until("it is the turn of " + unit, () -> isItsTurn(unit));
  }

  private synchronized void arrive(String unit) {
    missing.merge(group(unit), -1L, Long::sum);
    waiting.computeIfAbsent(group(unit), group -> new ArrayDeque<>()).push(unit);
  }

  private synchronized boolean isItsTurn(String unit) {
    Deque<String> stack = waiting.getOrDefault(group(unit), new ArrayDeque<>());
    boolean turn = missing.getOrDefault(group(unit), 0L) == 0 && unit.equals(stack.peek());
    if (turn) {
      stack.pop();
    }
    return turn;
  }
}
