package dev.espalier.learning.indicator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several indicators together. A value says how a cell stands among the cells scored with it, and
 * nothing beyond them.
 */
public enum Ensemble implements Criterion {
  /**
   * The sum of the logarithms of the ranks by naswot, synflow and jacov (the non-linear aggregation
   * of AZ-NAS, Lee and Ham, CVPR 2024, eq. 7): of {@code m} cells, cell {@code i} has
   *
   * <pre>sum over the indicators of ln(rank(i) / m)</pre>
   *
   * with rank {@code m} for the best and 1 for the worst, ties at their mean rank. At most 0: being
   * last by one indicator costs more than being first by another gains.
   */
  LOG_RANK;

  /** What it is made of. */
  public List<Indicator> members() {
    return switch (this) {
      case LOG_RANK -> List.of(Indicator.NASWOT, Indicator.SYNFLOW, Indicator.JACOV);
    };
  }

  /**
   * The value of every cell.
   *
   * @param values of each member, the cells always in the same order
   */
  public List<Double> scores(Map<Indicator, ? extends List<? extends @Nullable Double>> values) {
    double[] sums = new double[0];
    for (Indicator member : members()) {
      List<? extends @Nullable Double> ofMember = values.get(member);
      if (ofMember == null) {
        throw new IllegalArgumentException(
            "%s needs the values of %s".formatted(label(), member.label()));
      }
      double[] standings = IndicatorValues.standings(member, ofMember);
      sums = sums.length == 0 ? new double[standings.length] : sums;
      if (standings.length != sums.length) {
        throw new IllegalArgumentException(
            "%s has %d values, others %d".formatted(member.label(), standings.length, sums.length));
      }
      for (int cell = 0; cell < sums.length; cell++) {
        sums[cell] += StrictMath.log(standings[cell]);
      }
    }
    return new ArrayList<>(Arrays.stream(sums).boxed().toList());
  }

  @Override
  public String label() {
    return switch (this) {
      case LOG_RANK -> "ensemble";
    };
  }

  @Override
  public String title() {
    return "log-rank sum of "
        + String.join(", ", members().stream().map(Indicator::label).toList());
  }

  @Override
  public String paper() {
    return "aggregation: Lee and Ham, CVPR 2024";
  }

  @Override
  public Better better() {
    return Better.LARGER;
  }

  @Override
  public Cost cost() {
    return Cost.DERIVED;
  }
}
