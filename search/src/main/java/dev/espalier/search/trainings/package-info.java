/**
 * Benchmarks that kept every training of every cell: the table, which of a cell's trainings an
 * answer comes from, and which rows are learned from.
 */
@NullMarked
package dev.espalier.search.trainings;

import org.jspecify.annotations.NullMarked;
