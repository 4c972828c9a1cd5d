package dev.espalier.api.launch;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Lease;
import dev.espalier.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This process's part in the store's {@link Lease}: it takes the lease for its Temporal namespace
 * and keeps it alive. Without it nothing is started, for another Temporal may run the same
 * experiments.
 */
public final class Tenure implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Lease lease;
  private final Supplier<String> namespaceId;
  private final String words;
  private final boolean alone;
  private final Duration silence;
  private final Runnable settings;
  private final String me = UUID.randomUUID().toString();

  private volatile boolean held;
  private String met = "";
  private Lease.@Nullable Held heard;
  private long heardNanos;

  /**
   * @param namespaceId asks Temporal what it calls the namespace
   * @param words where that is, for people
   * @param alone whether nobody else can have the store open, so that nothing is waited for
   * @param settings made in the namespace when it is first met, and again when it is a fresh one
   */
  public Tenure(
      Store store, Supplier<String> namespaceId, String words, boolean alone, Runnable settings) {
    this(store, namespaceId, words, alone, settings, SILENCE);
  }

  /**
   * @param silence after which another's lease counts as left behind
   */
  Tenure(
      Store store,
      Supplier<String> namespaceId,
      String words,
      boolean alone,
      Runnable settings,
      Duration silence) {
    this.settings = settings;
    this.lease = store.lease();
    this.namespaceId = namespaceId;
    this.words = words;
    this.alone = alone;
    this.silence = silence;
  }

  /** Whether the lease was this namespace's when it was last renewed. */
  public boolean isHeld() {
    return held;
  }

  /**
   * Takes the lease, or keeps it alive.
   *
   * @return whether it is this namespace's; if not, the answer may be another one later
   * @throws Refused if another Temporal runs the store's experiments, or there is no such namespace
   * @throws Lost if Temporal or the store does not answer
   */
  public synchronized boolean renew() {
    String mine = namespace();
    held = renewed(mine);
    if (held && !mine.equals(met)) {
      settings.run();
      met = mine;
    }
    return held;
  }

  private String namespace() {
    try {
      return namespaceId.get();
    } catch (InvalidInput e) {
      throw new Refused(String.join(" ", e.problems()));
    }
  }

  private boolean renewed(String mine) {
    Optional<Lease.Held> found = lease.find();
    if (found.isEmpty()) {
      return lease.takeFree(mine, words, me);
    }
    Lease.Held other = found.get();
    if (other.namespaceId().equals(mine)) {
      return lease.beat(mine);
    }
    // Under its own name: Temporal's database was made anew meanwhile.
    if (alone || other.holder().equals(me) || isSilent(other)) {
      return lease.takeFrom(other, mine, words, me);
    }
    return false;
  }

  /** Watches the beats by this process's clock alone. */
  private boolean isSilent(Lease.Held other) {
    Lease.Held before = heard;
    if (!other.equals(before)) {
      heard = other;
      heardNanos = System.nanoTime();
      if (before != null && before.namespaceId().equals(other.namespaceId())) {
        held = false;
        throw new Refused(
            ("the experiments of this store are run by another Temporal, %s, whose `up` is alive; "
                    + "this one is %s. End that `up`, or join it with the same --temporal and --namespace, or "
                    + "use another database")
                .formatted(other.words(), words));
      }
    }
    return System.nanoTime() - heardNanos > silence.toNanos();
  }

  /**
   * Waits until it is known whose the store is.
   *
   * @param patience with a Temporal that does not answer yet: it is asked again later
   * @throws Refused as {@link #renew}
   */
  public void settle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
      try {
        if (renew()) {
          return;
        }
      } catch (Lost e) {
        // It starts at the same time, or comes back.
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Gives the lease back, so that nobody has to wait for its silence. */
  @Override
  public void close() {
    try {
      lease.release(me);
    } catch (Lost e) {
      return; // it falls silent
    }
  }
}
