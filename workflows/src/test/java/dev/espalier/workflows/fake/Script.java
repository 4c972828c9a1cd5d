package dev.espalier.workflows.fake;

import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the units of work meet, and what became of them. A unit is named {@code data}, {@code
 * measure/<round>/<chunk>}, {@code train/<number>} or {@code report}; obstacles are put up for all
 * units whose names begin the same.
 */
public final class Script {
  private record Placed(String prefix, Obstacle obstacle) {}

  private final List<Placed> obstacles = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();
  private int running;
  private String table = "a table";

  /** Puts an obstacle up; returns it. */
  public synchronized <O extends Obstacle> O before(String prefix, O obstacle) {
    obstacles.add(new Placed(prefix, obstacle));
    return obstacle;
  }

  /** Replaces the content of every table. */
  public synchronized void importTable(String content) {
    table = content;
  }

  synchronized String table() {
    return table;
  }

  /** Lets the first so many attempts at units of that name fail. */
  public void fail(String prefix, int times, String type, String reason) {
    AtomicInteger left = new AtomicInteger(times);
    before(
        prefix,
        (unit, context) -> {
          if (left.getAndDecrement() > 0) {
            throw ApplicationFailure.newFailure(reason, type);
          }
        });
  }

  /** Lets every unit be lost in its first attempts. */
  public void loseFirstAttempts(int attempts) {
    before(
        "",
        (unit, context) -> {
          if (context.getInfo().getAttempt() <= attempts) {
            throw ApplicationFailure.newFailure("the worker was lost", ActivityRules.LOST);
          }
        });
  }

  /** Runs a unit past its obstacles. */
  <R> R run(String unit, Supplier<R> work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    begin(unit);
    boolean done = false;
    try {
      for (Obstacle obstacle : obstaclesOf(unit)) {
        obstacle.meet(unit, context);
      }
      R answer = work.get();
      done = true;
      end(unit, answered);
      return answer;
    } catch (ActivityCompletionException e) {
      done = true;
      end(unit, stopped);
      throw e;
    } finally {
      if (!done) {
        end(unit, null);
      }
    }
  }

  private synchronized List<Obstacle> obstaclesOf(String unit) {
    return obstacles.stream()
        .filter(placed -> unit.startsWith(placed.prefix()))
        .map(Placed::obstacle)
        .toList();
  }

  private synchronized void begin(String unit) {
    begun.add(unit);
    running++;
  }

  private synchronized void end(String unit, @Nullable List<String> list) {
    if (list != null) {
      list.add(unit);
    }
    running--;
  }

  /** Every attempt that began, in order. */
  public synchronized List<String> begun() {
    return List.copyOf(begun);
  }

  /** Every answer given, in order. */
  public synchronized List<String> answered() {
    return List.copyOf(answered);
  }

  /** Every attempt that stopped because it was told to. */
  public synchronized List<String> stopped() {
    return List.copyOf(stopped);
  }

  /** Attempts under way. */
  public synchronized int running() {
    return running;
  }

  /** How many answers were given by units of that name. */
  public int answers(String prefix) {
    return (int) answered().stream().filter(unit -> unit.startsWith(prefix)).count();
  }
}
