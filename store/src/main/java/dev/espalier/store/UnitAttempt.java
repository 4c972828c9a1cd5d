package dev.espalier.store;

/**
 * An attempt at a unit of work, as it began.
 *
 * @param attempts how many began, this one included
 * @param lostWithoutProgress how many in a row, before this one, began and never ended, and left no
 *     further checkpoint
 * @param previousLost whether the attempt before this one began and never ended
 */
public record UnitAttempt(int attempts, int lostWithoutProgress, boolean previousLost) {}
