package dev.espalier.search.evolution;

/**
 * What one generation brought.
 *
 * @param generation from 0
 * @param evaluations spent up to its end
 * @param best the best accuracy up to its end
 * @param mean accuracy of what it scored anew
 */
public record Generation(int generation, int evaluations, double best, double mean) {}
