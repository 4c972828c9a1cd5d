package dev.espalier.api.experiments;

import dev.espalier.search.canonical.Digest;
import dev.espalier.store.ExperimentSummary;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the list of experiments has changed, once for all who listen. However many
 * experiments there are, a tenth of the time at most goes into looking.
 */
@Singleton
public final class ListWatch {
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
  private static final int REST = 9;

  /** Of more experiments in hand than these, the progress is not followed unit by unit. */
  private static final int MOST_FOLLOWED = 100;

  private final ExperimentIndex index;
  private @Nullable Standing last;
  private long looksAgain;

  ListWatch(ExperimentIndex index) {
    this.index = index;
  }

  /**
   * How the list stands.
   *
   * @param total number of experiments
   * @param states how many are in each state
   * @param mark changes whenever anything that a list shows has changed
   */
  public record Standing(int total, Map<String, Integer> states, String mark) {}

  /** As it is now, or was a moment ago. */
  public synchronized Standing now() {
    long begun = System.nanoTime();
    Standing known = last;
    if (known != null && begun - looksAgain < 0) {
      return known;
    }
    Standing standing = look();
    last = standing;
    long ended = System.nanoTime();
    looksAgain = ended + Math.max(LEAST_NANOS, REST * (ended - begun));
    return standing;
  }

  private Standing look() {
    List<ExperimentSummary> all =
        index.all().stream().sorted(Comparator.comparing(ExperimentSummary::id)).toList();
    Map<String, Integer> states = new TreeMap<>();
    StringBuilder mark = new StringBuilder();
    for (ExperimentSummary each : all) {
      states.merge(each.state().name(), 1, Integer::sum);
      mark.append(each.id()).append(each.state()).append(each.retries());
      mark.append(each.labels()).append('\n');
    }
    List<ExperimentSummary> inHand =
        all.stream().filter(each -> !each.state().isOver()).limit(MOST_FOLLOWED).toList();
    new TreeMap<>(index.lines(inHand))
        .forEach((id, line) ->
            mark.append(id).append(line.stage()).append(line.progress()).append(line.recoveries()));
    return new Standing(all.size(), states, Digest.sha256(mark.toString()));
  }
}
