package dev.espalier.search.evolution;

/**
 * A genome and its score.
 *
 * @param accuracy measured or predicted, higher is better
 */
public record Scored(Genome genome, double accuracy) {}
