package dev.espalier.api.experiments;

import dev.espalier.api.launch.NotFound;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Finds experiments. */
@Singleton
public final class ExperimentReader {
  /** The header of a list that says what is wrong with an experiment, percent-encoded. */
  public static final String DAMAGED = "X-Damaged";

  private final Store store;
  private final ExperimentIndex index;

  ExperimentReader(Store store, ExperimentIndex index) {
    this.store = store;
    this.index = index;
  }

  /** One for a program that asks once. */
  public static ExperimentReader of(Store store) {
    return new ExperimentReader(store, new ExperimentIndex(store));
  }

  /** The document of this id. */
  public ExperimentDocument document(String id) {
    return store
        .experiments()
        .find(id)
        .orElseThrow(() ->
            new NotFound(
                "There is no experiment %s here. GET /api/experiments lists all there are; espalier list does too."
                    .formatted(id)));
  }

  /** The experiment as it is now. */
  public ExperimentView view(String id) {
    return ExperimentView.of(store, document(id), Instant.now());
  }

  /**
   * A part of the list.
   *
   * @param lines of the part
   * @param total how many there are of that query, in all parts
   * @param states how many there are in each state, whichever states are wanted
   * @param first the place of the first line among all, from 0
   * @param damaged what is wrong with each that cannot be read, whatever is asked for
   */
  public record Part(
      List<ExperimentLine> lines,
      int total,
      Map<String, Integer> states,
      int first,
      List<String> damaged) {}

  /** The experiments of a query. One that cannot be read hides no other. */
  public Part list(ExperimentQuery query) {
    List<ExperimentSummary> found =
        index.all().stream()
            .filter(summary -> query.fits(summary) && hasWords(summary, query.words()))
            .toList();
    Map<String, Integer> states = new TreeMap<>();
    found.forEach(summary -> states.merge(summary.state().name(), 1, Integer::sum));
    List<ExperimentSummary> wanted =
        found.stream()
            .filter(summary -> query.states().isEmpty() || query.states().contains(summary.state()))
            .toList();
    List<ExperimentSummary> sorted = sorted(wanted, query.order());
    int first = Math.min(sorted.size(), first(sorted, query));
    int end =
        query.limit() == null ? sorted.size() : Math.min(sorted.size(), first + query.limit());
    List<ExperimentSummary> part = sorted.subList(first, end);
    Map<String, ExperimentLine> lines = index.lines(part);
    return new Part(
        part.stream().map(summary -> Objects.requireNonNull(lines.get(summary.id()))).toList(),
        sorted.size(),
        states,
        first,
        index.damaged());
  }

  /** Lines are read of all only where the order looks at them. */
  private List<ExperimentSummary> sorted(List<ExperimentSummary> wanted, ExperimentOrder order) {
    Map<String, ExperimentLine> lines = order.by().looksAtLines() ? index.lines(wanted) : Map.of();
    return wanted.stream()
        .map(summary -> new ExperimentOrder.Row(summary, lines.get(summary.id())))
        .sorted(order.comparator())
        .map(ExperimentOrder.Row::summary)
        .toList();
  }

  private static int first(List<ExperimentSummary> sorted, ExperimentQuery query) {
    String after = query.after();
    if (after == null) {
      return query.offset();
    }
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).id().equals(after)) {
        return i + 1 + query.offset();
      }
    }
    throw new NotFound(
        "after names %s, which this list does not have (any more): begin again without it, or go on by offset"
            .formatted(after));
  }

  private static boolean hasWords(ExperimentSummary summary, List<String> words) {
    if (words.isEmpty()) {
      return true;
    }
    String text =
        "%s %s %s %s %s seed %d %s %s %s %s"
            .formatted(
                summary.id(),
                summary.method(),
                summary.space(),
                summary.data(),
                summary.preset(),
                summary.seed(),
                summary.launchedBy(),
                summary.state().words(),
                summary.labels().name(),
                String.join(" ", summary.labels().tags()))
            .toLowerCase(Locale.ROOT);
    return words.stream()
        .allMatch(word -> text.contains(word.startsWith("seed ") ? word + " " : word));
  }
}
