package dev.espalier.search.pruning;

/** How one repeat's effect becomes a number, and how means of it are ordered. */
sealed interface Measure permits ExactMeasure, ReferenceMeasure {
  /**
   * The relative fall of the condition number by the removal; minus infinity where it is singular.
   */
  double conditionDelta(Effect effect);

  /** The relative fall of the number of regions by the removal. */
  double regionDelta(Effect effect);

  /** What a mean is sorted by. */
  double sortKey(double mean);
}
