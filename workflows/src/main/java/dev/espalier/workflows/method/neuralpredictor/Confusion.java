package dev.espalier.workflows.method.neuralpredictor;

import org.jspecify.annotations.Nullable;

/**
 * How a classifier did.
 *
 * @param found passed, and rightly; {@code spurious} passed, but should not have
 * @param missed rejected, but should have passed; {@code rejected} rightly rejected
 */
public record Confusion(int found, int spurious, int missed, int rejected) {
  public static final Confusion NOTHING = new Confusion(0, 0, 0, 0);

  /** One answer more. */
  public Confusion with(boolean passes, boolean said) {
    return new Confusion(
        found + (passes && said ? 1 : 0),
        spurious + (!passes && said ? 1 : 0),
        missed + (passes && !said ? 1 : 0),
        rejected + (!passes && !said ? 1 : 0));
  }

  /** Both together. */
  public Confusion and(Confusion more) {
    return new Confusion(
        found + more.found,
        spurious + more.spurious,
        missed + more.missed,
        rejected + more.rejected);
  }

  /** The share of those it lets pass that should; null where it lets none. */
  public @Nullable Double precision() {
    return found + spurious == 0 ? null : (double) found / (found + spurious);
  }

  /** The share of those that should pass that it lets; null where there are none. */
  public @Nullable Double recall() {
    return found + missed == 0 ? null : (double) found / (found + missed);
  }

  public int cells() {
    return found + spurious + missed + rejected;
  }
}
