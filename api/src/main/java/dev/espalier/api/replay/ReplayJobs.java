package dev.espalier.api.replay;

import dev.espalier.api.launch.NotFound;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replays that the API was asked for: one at a time, since each takes the whole machine. */
public final class ReplayJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplayJobs.class);

  private final Store store;
  private final ScratchPlace scratch;
  private final Function<String, Map<String, String>> running;
  private final Map<String, ReplayState> states = new ConcurrentHashMap<>();
  private @Nullable Thread thread;
  private String current = "";

  /**
   * @param running the histories of an experiment that Temporal has, by the ids of the runs
   */
  public ReplayJobs(
      Store store, ScratchPlace scratch, Function<String, Map<String, String>> running) {
    this.store = store;
    this.scratch = scratch;
    this.running = running;
  }

  /**
   * Begins a replay; while one of the same experiment goes on, that is the one.
   *
   * @throws NotFound if there is no such experiment
   * @throws StateConflict if another one's replay goes on
   * @throws InvalidInput if there is no such stage
   */
  public synchronized ReplayState start(String id, String stage, String by) {
    ExperimentDocument experiment = experiment(id);
    if (thread != null && thread.isAlive()) {
      ReplayState goesOn = states.get(id);
      if (current.equals(id) && goesOn != null) {
        return goesOn;
      }
      throw new StateConflict(
          "a replay of %s goes on, and there is one at a time: ask again when it has ended"
              .formatted(current));
    }
    new Replays(store, scratch, _ -> {}).scope(experiment, stage);
    ReplayState begun = new ReplayState(id, stage, true, "begins", by, Instant.now(), null);
    states.put(id, begun);
    store
        .events()
        .append(
            id,
            "wish/replay/" + UUID.randomUUID(),
            "replay",
            stage.isEmpty() ? "Asked to replay" : "Asked to replay stage " + stage,
            by);
    current = id;
    thread = Thread.ofPlatform().daemon().name("replay").start(() -> replay(experiment, begun));
    return begun;
  }

  /** The newest replay of an experiment that was asked for since the API started. */
  public Optional<ReplayState> find(String id) {
    experiment(id);
    return Optional.ofNullable(states.get(id));
  }

  private void replay(ExperimentDocument experiment, ReplayState begun) {
    String id = experiment.id();
    try {
      Replays replays =
          new Replays(store, scratch, words -> change(id, state -> state.doing(words)));
      ReplayReport report =
          replays.replay(experiment, begun.stage(), running.apply(id), begun.by());
      change(id, state -> state.ended(report));
    } catch (InterruptedException e) {
      change(id, state -> state.failed("it was ended with the API"));
    } catch (RuntimeException e) {
      log.warn("the replay of {} failed", id, e);
      change(id, state -> state.failed(String.valueOf(e.getMessage())));
    }
  }

  private void change(String id, UnaryOperator<ReplayState> step) {
    states.computeIfPresent(id, (_, state) -> step.apply(state));
  }

  private ExperimentDocument experiment(String id) {
    return store
        .experiments()
        .find(id)
        .orElseThrow(
            () -> new NotFound("there is no experiment %s. Run: espalier list".formatted(id)));
  }

  @Override
  public void close() {
    Thread ended;
    synchronized (this) {
      ended = thread;
    }
    if (ended != null) {
      ended.interrupt();
    }
  }
}
