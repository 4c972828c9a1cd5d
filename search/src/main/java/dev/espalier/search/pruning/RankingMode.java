package dev.espalier.search.pruning;

/**
 * How candidates are ranked: as a careful author would have, or as the published program does,
 * faults included.
 */
public enum RankingMode {
  EXACT,
  REFERENCE
}
