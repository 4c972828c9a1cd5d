package dev.espalier.search.pruning;

import org.jspecify.annotations.Nullable;

/**
 * One repeat of one candidate: the indicators with the candidate in the supernet and without it.
 *
 * @param conditionWith NTK condition number; null where the kernel was singular or the number not
 *     finite
 * @param conditionWithout as {@code conditionWith}
 * @param regionsWith number of linear regions
 * @param regionsWithout as {@code regionsWith}
 */
public record Effect(
    @Nullable Double conditionWith,
    @Nullable Double conditionWithout,
    double regionsWith,
    double regionsWithout) {}
