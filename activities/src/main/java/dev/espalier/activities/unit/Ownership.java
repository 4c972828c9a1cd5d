package dev.espalier.activities.unit;

/** An attempt's tie to whoever gave it the work. */
interface Ownership {
  /** Whether the work is no longer its own, so that it should stop. */
  boolean isLost();

  /** Names the newest checkpoint. */
  void point(String checkpoint);

  /** The work came a step further. */
  void step();

  /** Whether it has come no step further for so long that its process has to end. */
  boolean isStuck();
}
