package dev.espalier.activities.unit;

import java.util.function.Function;

/** How attempts at units of work are made. */
interface Attempts {
  /** Makes one attempt in the current activity. */
  <R> R attempt(UnitName unit, Task<R> task, Function<Attempt, R> work);
}
