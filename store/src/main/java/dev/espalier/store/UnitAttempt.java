package dev.espalier.store;

/**
 * An attempt at a unit of work, as it began.
 *
 * @param attempts how many began, this one included
 * @param previousLost whether the attempt before this one began and never ended
 * @param deaths how many processes died in a row while they worked at it beside other work, and
 *     left no further checkpoint
 * @param deathsAlone how many processes of its own did
 */
public record UnitAttempt(int attempts, boolean previousLost, int deaths, int deathsAlone) {}
