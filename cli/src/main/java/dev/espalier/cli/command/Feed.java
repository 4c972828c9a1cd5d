package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is new about one experiment, asked of the store twice a second on a thread of its own.
 *
 * <p>A store that goes away and comes back (its process was killed and restarted, or {@code up}
 * ended) is opened afresh; until then the news say what is wrong, and the last view stays.
 */
final class Feed implements AutoCloseable {

  private static final Duration TURN = Duration.ofMillis(500);

  /** How long an answer may take before it is worth a word. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** How long closing waits for an answer that is on its way. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

  private final Home home;
  private final String id;
  private final String purpose;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore changed = new Semaphore(0);
  private final Thread asking = Thread.ofPlatform().daemon().name("feed").unstarted(this::ask);

  // Guarded by this.
  private @Nullable ExperimentView view;
  private @Nullable RunningHome running;
  private final List<Event> fresh = new ArrayList<>();
  private long lastEvent;
  private long answeredAt = System.nanoTime();
  private @Nullable RuntimeException refused;

  private Feed(Home home, String id, String purpose) {
    this.home = home;
    this.id = id;
    this.purpose = purpose;
  }

  /**
   * Begins to ask.
   *
   * @param givenId may be abbreviated; an unknown one is refused here
   */
  static Feed start(Home home, String givenId, String purpose) {
    String id;
    try (StoreAccess access = StoreAccess.open(home, purpose)) {
      id = ExperimentQueries.find(access.store(), givenId).id();
    }
    Feed feed = new Feed(home, id, purpose);
    feed.asking.start();
    return feed;
  }

  /**
   * What is known now.
   *
   * @param view the experiment; null before the first answer
   * @param running the {@code up} that serves it; null when nothing runs
   * @param fresh events that were not told before
   * @param trouble why nothing newer is known; null when all is well
   */
  record News(
      @Nullable ExperimentView view,
      @Nullable RunningHome running,
      List<Event> fresh,
      @Nullable String trouble) {}

  /** The experiment's whole id. */
  String id() {
    return id;
  }

  /** The news after about half a second, or sooner when there is something new. */
  News next() throws InterruptedException {
    if (changed.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
      changed.drainPermits();
    }
    return news();
  }

  private synchronized News news() {
    if (refused != null) {
      throw refused;
    }
    News news = new News(view, running, List.copyOf(fresh), trouble());
    fresh.clear();
    return news;
  }

  private @Nullable String trouble() {
    if (view != null && running == null && !view.state().isOver()) {
      return "Nothing runs in this home now. To go on: espalier up";
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - answeredAt);
    return seconds < SILENCE.toSeconds()
        ? null
        : "No answer from the store, trying again. Should it stay away: espalier up";
  }

  private void ask() {
    try {
      boolean fileIsRead = false;
      while (!hasEndedAfter(TURN)) {
        // With nothing running nothing changes: the file is read once, and its lock left to `up`.
        if (!fileIsRead || RunningHome.findReadable(home).isPresent()) {
          fileIsRead = read();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads on until the store goes away; says whether it was the file that was read. */
  private boolean read() throws InterruptedException {
    try (StoreAccess access = StoreAccess.open(home, purpose, Duration.ofSeconds(2))) {
      boolean served = access.running().isPresent();
      do {
        answer(access);
      } while (served && !hasEndedAfter(TURN));
      return !served;
    } catch (RuntimeException e) {
      return false; // told by the silence, see trouble()
    }
  }

  private boolean hasEndedAfter(Duration time) throws InterruptedException {
    return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void answer(StoreAccess access) {
    Optional<ExperimentDocument> document = access.store().experiments().find(id);
    if (document.isEmpty()) {
      gone();
      return;
    }
    ExperimentView now = ExperimentView.of(access.store(), document.get(), Instant.now());
    List<Event> events = access.store().events().list(id, after());
    take(now, events, access.running().orElse(null));
  }

  private synchronized long after() {
    return lastEvent;
  }

  private synchronized void take(
      ExperimentView now, List<Event> events, @Nullable RunningHome server) {
    view = now;
    running = server;
    for (Event event : events) {
      if (event.sequence() > lastEvent) {
        fresh.add(event);
        lastEvent = event.sequence();
      }
    }
    answeredAt = System.nanoTime();
    changed.release();
  }

  private synchronized void gone() {
    refused = new InvalidInput("experiment %s is no longer in the store of %s".formatted(id, home));
    changed.release();
  }

  /** Asks no more; the store and the home's lock are let go when this returns. */
  @Override
  public void close() {
    ended.countDown();
    try {
      if (!asking.join(LAST_ANSWER)) {
        System.err.println("The store did not answer in time: its last answer was not waited for.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
