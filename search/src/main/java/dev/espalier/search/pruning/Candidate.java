package dev.espalier.search.pruning;

import dev.espalier.search.space.nasbench201.Operator;

/** An operator that might be removed. */
public record Candidate(int number, int edge, Operator operator) {}
