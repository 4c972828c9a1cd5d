package dev.espalier.search.space;

/**
 * Where an operator stands.
 *
 * @param cell the type of its cell, or empty where there is only one
 * @param source the number of the state that it reads, as the space's notation counts
 * @param target the number of the state that it adds to
 */
public record EdgeEnds(String cell, int source, int target) {}
