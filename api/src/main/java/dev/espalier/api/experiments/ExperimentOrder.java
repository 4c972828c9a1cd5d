package dev.espalier.api.experiments;

import dev.espalier.api.view.ExperimentLine;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.store.ExperimentSummary;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An order of experiments.
 *
 * @param by what is compared; equals stand newest first, and what is not known yet stands last
 * @param descending the greatest first
 */
public record ExperimentOrder(By by, boolean descending) {
  /** The usual one. */
  public static final ExperimentOrder NEWEST_FIRST = new ExperimentOrder(By.CREATED, true);

  private static final Comparator<Row> NEWEST =
      Comparator.comparing((Row each) -> each.summary().created())
          .thenComparing(each -> each.summary().id())
          .reversed();

  /** What experiments can be ordered by. */
  public enum By {
    CREATED,
    METHOD,
    DATA,
    SEED,
    STATE,
    SECONDS,
    ACCURACY,
    RECOVERIES;

    private @Nullable Comparable<?> key(Row row) {
      ExperimentSummary summary = row.summary();
      ExperimentLine line = row.line();
      return switch (this) {
        case CREATED -> summary.created();
        case METHOD -> summary.method();
        case DATA -> summary.data();
        case SEED -> summary.seed();
        case STATE -> summary.state().name();
        case SECONDS -> seconds(summary);
        case ACCURACY -> line == null ? null : line.accuracy();
        case RECOVERIES -> line == null ? null : Integer.valueOf(line.recoveries());
      };
    }

    private static @Nullable Duration seconds(ExperimentSummary summary) {
      return summary.started() == null || summary.ended() == null
          ? null
          : Duration.between(summary.started(), summary.ended());
    }

    boolean looksAtLines() {
      return this == ACCURACY || this == RECOVERIES;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an order looks at.
   *
   * @param line null where the order does not look at lines
   */
  record Row(ExperimentSummary summary, @Nullable ExperimentLine line) {}

  /** Reads {@code accuracy} or {@code -accuracy}; nothing is newest first. */
  static ExperimentOrder of(String text, List<String> problems) {
    if (text.isEmpty()) {
      return NEWEST_FIRST;
    }
    boolean descending = text.startsWith("-");
    String name = descending ? text.substring(1) : text;
    for (By by : By.values()) {
      if (by.label().equals(name)) {
        return new ExperimentOrder(by, descending);
      }
    }
    List<String> allowed = Arrays.stream(By.values()).map(By::label).toList();
    problems.add(
        "sort %s is not possible: allowed are %s, each with a - before it for the greatest first.%s"
            .formatted(text, String.join(", ", allowed), DidYouMean.sentence(name, allowed)));
    return NEWEST_FIRST;
  }

  Comparator<Row> comparator() {
    if (equals(NEWEST_FIRST)) {
      return NEWEST;
    }
    return ((Comparator<Row>) this::compare).thenComparing(NEWEST);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // both keys are of one order's type
  private int compare(Row left, Row right) {
    Comparable one = by.key(left);
    Comparable other = by.key(right);
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    return descending ? other.compareTo(one) : one.compareTo(other);
  }
}
