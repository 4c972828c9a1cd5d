package dev.espalier.search.space;

/**
 * An operator of an architecture.
 *
 * @param operator its published label
 */
public record PlacedOperator(EdgeEnds edge, String operator) {}
