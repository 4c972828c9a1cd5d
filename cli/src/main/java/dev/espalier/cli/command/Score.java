package dev.espalier.cli.command;

import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What indicators say of one architecture: one element of the array that {@code score --json}
 * prints.
 */
record Score(String architecture, Map<String, Values> indicators) {

  Score {
    indicators = Collections.unmodifiableMap(new TreeMap<>(indicators));
  }

  /**
   * One indicator over the seeds.
   *
   * @param mean of the values that are not null; null without one
   * @param std with n-1, over the values that are not null; null below two
   * @param values one a seed; null where singular or not finite
   * @param stability of the ranking that this value belongs to, the same for all architectures
   *     scored together: Kendall's tau between halves of the seeds; null below two seeds or
   *     architectures
   */
  record Values(
      @Nullable Number mean,
      @Nullable Double std,
      List<? extends @Nullable Number> values,
      @Nullable Double stability) {
    Values {
      values = Collections.unmodifiableList(new ArrayList<@Nullable Number>(values));
    }

    /** A count, which no seed changes: whole numbers stay whole. */
    static Values same(long value, int seeds, @Nullable Double stability) {
      return new Values(
          value, seeds < 2 ? null : 0.0, Collections.nCopies(seeds, value), stability);
    }

    static Values of(List<? extends @Nullable Double> values, @Nullable Double stability) {
      double[] known =
          values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
      return new Values(
          known.length == 0 ? null : Statistics.mean(known),
          known.length < 2 ? null : Statistics.standardDeviation(known),
          values,
          stability);
    }
  }
}
