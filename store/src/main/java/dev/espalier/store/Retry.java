package dev.espalier.store;

/**
 * The latest retry a person asked for.
 *
 * @param number 1 for the first, 0 for none
 * @param stage the name of the stage to retry, empty for the one that failed
 */
public record Retry(int number, String stage) {}
