package dev.espalier.api.experiments;

import dev.espalier.api.view.ExperimentLine;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Experiments;
import dev.espalier.store.Store;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lists show of all experiments, kept in memory: the store has no indexes, and to read ten
 * thousand documents takes a second.
 *
 * <p>What is over does not change any more. So what is looked at each time is what is in hand, and
 * all documents only as often as a twentieth of the time allows, for those that others have
 * launched. What is launched here is known at once.
 */
@Singleton
public final class ExperimentIndex {
  /** So few are looked at all each time. */
  private static final int FEW = 300;

  private static final int REST = 19;
  private static final int AT_ONCE = 250;

  private final Store store;
  private final Map<String, ExperimentSummary> known = new LinkedHashMap<>();

  /** Lines of what is over, about a kilobyte each. */
  private final Map<String, Kept> over = new HashMap<>();

  /** What is wrong with those that cannot be read. */
  private List<String> damaged = List.of();

  private boolean looked;
  private long cost;
  private long endedNanos;

  ExperimentIndex(Store store) {
    this.store = store;
  }

  private record Kept(ExperimentState state, int retries, ExperimentLine line) {
    boolean isOf(ExperimentSummary summary) {
      return state == summary.state()
          && retries == summary.retries()
          && line.labels().equals(summary.labels());
    }
  }

  /** Takes in what was just launched, or labelled, here. */
  synchronized void launched(String id) {
    take(store.experiments().list(List.of(id)));
  }

  /** Leaves out what was just deleted here. */
  synchronized void forget(String id) {
    known.remove(id);
    over.remove(id);
  }

  /** All experiments as they are now, in no order. One that cannot be read hides no other. */
  public synchronized List<ExperimentSummary> all() {
    long begun = System.nanoTime();
    boolean due = !looked || known.size() <= FEW || begun - endedNanos > REST * cost;
    if (due) {
      Experiments.Listing all = store.experiments().listing();
      known.clear();
      take(all.readable());
      damaged = all.damaged().stream().map(each -> String.valueOf(each.getMessage())).toList();
      endedNanos = System.nanoTime();
      cost = endedNanos - begun;
      looked = true;
    } else {
      List<String> inHand =
          known.values().stream()
              .filter(summary -> !summary.state().isOver())
              .map(ExperimentSummary::id)
              .toList();
      take(store.experiments().list(inHand));
    }
    return List.copyOf(known.values());
  }

  /** What was wrong with each that could not be read, when all were looked at last. */
  synchronized List<String> damaged() {
    return damaged;
  }

  private void take(Collection<ExperimentSummary> summaries) {
    summaries.forEach(summary -> known.put(summary.id(), summary));
  }

  /** The lines of these experiments, by their ids. */
  public synchronized Map<String, ExperimentLine> lines(List<ExperimentSummary> summaries) {
    Map<String, ExperimentLine> lines = new HashMap<>();
    List<ExperimentSummary> unread = new ArrayList<>();
    for (ExperimentSummary summary : summaries) {
      Kept kept = over.get(summary.id());
      if (kept != null && kept.isOf(summary)) {
        lines.put(summary.id(), kept.line());
      } else {
        unread.add(summary);
      }
    }
    for (int from = 0; from < unread.size(); from += AT_ONCE) {
      List<ExperimentSummary> some = unread.subList(from, Math.min(unread.size(), from + AT_ONCE));
      Map<String, ExperimentLine> read = ExperimentLine.of(store, some, Instant.now());
      lines.putAll(read);
      for (ExperimentSummary summary : some) {
        ExperimentLine line = read.get(summary.id());
        if (line != null && summary.state().isOver()) {
          over.put(summary.id(), new Kept(summary.state(), summary.retries(), line));
        }
      }
    }
    return lines;
  }
}
