package dev.espalier.search.pruning;

import dev.espalier.search.failure.Diverged;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The published program's arithmetic, faults included (specs/te-nas.md, 1.3 and 1.6): every delta
 * is rounded to three decimals, means are sorted by three significant figures, and where the
 * program stops with an exception this stops with {@link Diverged}.
 */
final class ReferenceMeasure implements Measure {
  /** What the program makes of a condition number that is not a number. */
  private static final double NOT_A_NUMBER = 100_000;

  /** Decimals of a delta, and at once the significant figures of a sort key. */
  private static final int PRECISION = 3;

  @Override
  public double conditionDelta(Effect effect) {
    return delta(
        "NTK condition number",
        replaced(effect.conditionWith()),
        replaced(effect.conditionWithout()));
  }

  @Override
  public double regionDelta(Effect effect) {
    return delta("number of linear regions", effect.regionsWith(), effect.regionsWithout());
  }

  private static double replaced(@Nullable Double condition) {
    if (condition == null) {
      return NOT_A_NUMBER;
    }
    return Math.clamp(condition, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static double delta(String measure, double with, double without) {
    if (with == 0) {
      throw stops(measure, "ZeroDivisionError: float division by zero");
    }
    double delta = (with - without) / with;
    if (Double.isNaN(delta)) {
      throw stops(measure, "ValueError: cannot convert float NaN to integer");
    }
    if (Double.isInfinite(delta)) {
      throw stops(measure, "OverflowError: cannot convert float infinity to integer");
    }
    return rounded(delta);
  }

  private static Diverged stops(String measure, String reason) {
    return new Diverged(
        "%s: the published program stops here (%s). Use mode: exact, which ranks such a candidate last"
            .formatted(measure, reason));
  }

  /** Three significant figures of the mean, 1e-8 added to its magnitude first; 0 stays 0. */
  @Override
  public double sortKey(double mean) {
    double magnitude = Math.abs(mean) + 1e-8;
    int power = (int) Math.floor(StrictMath.log(magnitude) / StrictMath.log(10)) + 1;
    return Math.signum(mean) * rounded(magnitude * powerOfTen(-power)) * powerOfTen(power);
  }

  /** Python's {@code round(x, 3)}: half to even on the exact decimal expansion. */
  private static double rounded(double value) {
    return new BigDecimal(value).setScale(PRECISION, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static double powerOfTen(int power) {
    return Double.parseDouble("1e" + power);
  }
}
