package dev.espalier.search.pruning;

/**
 * An operator that might be removed; where edges compete with one another, an edge by the one
 * operator it has left.
 *
 * @param number among the candidates of its round, from 0
 * @param edge of the supernet, over all types of cells
 * @param operator its published label
 */
public record Candidate(int number, int edge, String operator) {}
