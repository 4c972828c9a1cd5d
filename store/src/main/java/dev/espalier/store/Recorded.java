package dev.espalier.store;

/** What became of a write that only the first writer wins. */
public enum Recorded {
  /** It was not there and is now. */
  NEW,
  /** It was there already, the same. */
  SAME,
  /** Something else is there and stays; the caller raises the non-determinism alarm. */
  DIFFERENT
}
